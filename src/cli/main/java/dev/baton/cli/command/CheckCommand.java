package dev.baton.cli.command;

import dev.baton.asl.definition.Asl;
import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.check.DefinitionFile;
import dev.baton.cli.output.FindingsJson;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.gate.Gate;
import dev.baton.compiler.gate.GatePolicy;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton check FILE…`: finds what Step Functions would refuse in a definition, and what the gate has against it.
@Command(
        name = "check",
        description = "Validates definitions in the Amazon States Language, wherever they come from, and holds them"
                + " against the rules of the gate. Ends with 1 if any has an error.")
public final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "definitions, JSON or YAML, also with placeholders in them,"
                    + " and templates of CloudFormation and SAM")
    private List<Path> files = List.of();

    @Option(
            names = "--gate",
            paramLabel = "FILE",
            description =
                    "which rules of the gate count, approvals and cost, JSON; statemachines/gate.json if there is one")
    private @Nullable Path gate;

    @Option(names = "--cost", description = "also tells what an execution costs at worst")
    private boolean cost;

    @Option(names = "--json", description = "one JSON object a finding and line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var policy = policy();
        var findings = new ArrayList<Diagnostic>();
        for (var file : files) {
            findings.addAll(check(file, policy));
        }
        var out = spec.commandLine().getOut();
        for (var finding : findings) {
            out.println(json ? FindingsJson.json(finding) : finding.toString());
        }
        if (cost && !json) {
            for (var file : files) {
                cost(file, policy);
            }
        }
        var errors = findings.stream().filter(Diagnostic::isError).count();
        if (!json) {
            out.printf(
                    "%d %s checked: %d %s, %d %s%n",
                    files.size(),
                    files.size() == 1 ? "file" : "files",
                    errors,
                    errors == 1 ? "error" : "errors",
                    findings.size() - errors,
                    findings.size() - errors == 1 ? "warning" : "warnings");
        }
        return errors == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// A file that cannot be read is a finding as well: it keeps no other from being checked.
    private static List<Diagnostic> check(Path file, GatePolicy policy) throws IOException {
        try {
            var text = InputFiles.text(file);
            var findings = new ArrayList<Diagnostic>();
            if (text.getBytes(StandardCharsets.UTF_8).length > Asl.MAX_DEFINITION_BYTES) {
                findings.addAll(Asl.parse(file.toString(), text).diagnostics());
            } else {
                DefinitionFile.read(file.toString(), text)
                        .forEach(definition -> findings.addAll(definition.findings(policy)));
            }
            return findings;
        } catch (DiagnosticException e) {
            return e.diagnostics();
        }
    }

    private void cost(Path file, GatePolicy policy) throws IOException {
        try {
            var told = Gate.cost(InputFiles.text(file));
            if (told != null) {
                spec.commandLine().getOut().println(file + ": " + told.told(policy.perThousand()));
            }
        } catch (DiagnosticException e) {
            // It was told with the findings.
        }
    }

    private GatePolicy policy() throws IOException {
        var usual = ProjectFolder.folder().resolve("statemachines").resolve("gate.json");
        if (gate == null && !Files.isRegularFile(usual)) {
            return GatePolicy.DEFAULT;
        }
        var file = gate == null ? usual : gate;
        return GatePolicy.parse(file.toString(), InputFiles.text(file));
    }
}
