package dev.baton.cli;

import dev.baton.asl.Asl;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton check FILE…`: finds what Step Functions would refuse in a definition, and why.
@Command(
        name = "check",
        description = "Validates definitions in the Amazon States Language, wherever they come from. Ends with 1 if any"
                + " has an error.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "definitions, JSON")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "one JSON object a finding and line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var findings = new ArrayList<Diagnostic>();
        for (var file : files) {
            findings.addAll(check(file));
        }
        var out = spec.commandLine().getOut();
        for (var finding : findings) {
            out.println(json ? Findings.json(finding) : finding.toString());
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
    private static List<Diagnostic> check(Path file) throws IOException {
        try {
            return Asl.parse(file.toString(), InputFiles.text(file)).diagnostics();
        } catch (DiagnosticException e) {
            return e.diagnostics();
        }
    }
}
