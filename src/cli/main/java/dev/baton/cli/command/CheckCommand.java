package dev.baton.cli.command;

import dev.baton.asl.definition.Asl;
import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.check.DefinitionFile;
import dev.baton.cli.output.FindingsJson;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.people.ProjectPolicies;
import dev.baton.cli.proposal.PresentFiles;
import dev.baton.cli.proposal.Proposal;
import dev.baton.cli.proposal.ProposalCheck;
import dev.baton.cli.proposal.ProposalVerdict;
import dev.baton.compiler.gate.Gate;
import dev.baton.compiler.gate.GatePolicy;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            arity = "0..*",
            description = "definitions, JSON or YAML, also with placeholders in them,"
                    + " templates of CloudFormation and SAM, and policies about people (.cedar)")
    private List<Path> files = List.of();

    @Option(
            names = "--gate",
            paramLabel = "FILE",
            description =
                    "which rules of the gate count, approvals and cost, JSON; statemachines/gate.json if there is one")
    private @Nullable Path gate;

    @Option(
            names = "--policies",
            paramLabel = "FILE",
            description = "policies about people, in Cedar; cdk/policies.cedar if there is one")
    private @Nullable Path policies;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Option(
            names = "--proposal",
            paramLabel = "DIR",
            description = "a folder with definitions and policies that somebody proposes, named as in statemachines:"
                    + " one verdict about all of them, by the rules that are there")
    private @Nullable Path proposal;

    @Option(names = "--cost", description = "also tells what an execution costs at worst")
    private boolean cost;

    @Option(names = "--json", description = "one JSON object a finding and line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var policy = policy();
        if (proposal != null) {
            return judged(proposal, policy);
        }
        var findings = new ArrayList<Diagnostic>();
        var definitions = files.stream().filter(file -> !isCedar(file)).toList();
        for (var file : definitions) {
            findings.addAll(check(file, policy));
        }
        var aboutPeople = aboutPeople();
        if (definitions.isEmpty() && aboutPeople.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        for (var each : aboutPeople) {
            findings.addAll(each.findings(ProjectPolicies.vocabulary(pipelines.graphs())));
        }
        var out = spec.commandLine().getOut();
        for (var finding : findings) {
            out.println(json ? FindingsJson.json(finding) : finding.toString());
        }
        if (cost && !json) {
            for (var file : definitions) {
                cost(file, policy);
            }
        }
        var errors = findings.stream().filter(Diagnostic::isError).count();
        if (!json) {
            var checked = definitions.size() + aboutPeople.size();
            out.printf(
                    "%d %s checked: %d %s, %d %s%n",
                    checked,
                    checked == 1 ? "file" : "files",
                    errors,
                    errors == 1 ? "error" : "errors",
                    findings.size() - errors,
                    findings.size() - errors == 1 ? "warning" : "warnings");
        }
        return errors == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// The verdict about a proposal.
    private int judged(Path folder, GatePolicy policy) throws IOException {
        InputFiles.requireFolder(folder);
        var verdict = verdict(Proposal.read(folder), policy, pipelines);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.print(verdict.toJson()));
        } else {
            verdict.findings().forEach(out::println);
            out.printf(
                    "%s: %d files, %s%n",
                    verdict.passed() ? "passed" : "stopped",
                    verdict.proposal().files().size(),
                    verdict.proposal().sha256());
        }
        return verdict.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /// The verdict about a proposal, by the rules that are there.
    static ProposalVerdict verdict(Proposal proposal, GatePolicy policy, PipelineChoice pipelines) throws IOException {
        return new ProposalCheck(
                        PresentFiles.read(ProjectFolder.folder().resolve("statemachines")),
                        policy,
                        ProjectPolicies.vocabulary(pipelines.graphs()))
                .of(proposal);
    }

    private static boolean isCedar(Path file) {
        return file.toString().endsWith(".cedar");
    }

    /// The policies about people: those that were named, and else the project's.
    private List<ProjectPolicies> aboutPeople() throws IOException {
        var named = new ArrayList<>(files.stream().filter(CheckCommand::isCedar).toList());
        if (policies != null) {
            named.add(policies);
        }
        var found = new ArrayList<ProjectPolicies>();
        for (var file : named) {
            found.add(ProjectPolicies.read(file));
        }
        if (found.isEmpty()) {
            ProjectPolicies.find(null).ifPresent(found::add);
        }
        return found;
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
        return policy(gate);
    }

    /// The rules of a file, and else those that are there.
    static GatePolicy policy(@Nullable Path gate) throws IOException {
        var usual = ProjectFolder.folder().resolve("statemachines").resolve("gate.json");
        if (gate == null && !Files.isRegularFile(usual)) {
            return GatePolicy.DEFAULT;
        }
        var file = gate == null ? usual : gate;
        return GatePolicy.parse(file.toString(), InputFiles.text(file));
    }
}
