package dev.baton.cli.command;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.output.FindingsJson;
import dev.baton.cli.output.TextTable;
import dev.baton.cli.people.PolicyPublication;
import dev.baton.cli.people.PolicyStore;
import dev.baton.cli.people.ProjectPolicies;
import dev.baton.compiler.environment.Environment;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.policy.CedarSource;
import dev.baton.policy.PolicyCase;
import dev.baton.policy.PolicyDifference;
import dev.baton.policy.PolicyTrial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
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

/// `baton policy check|test|show|diff|put|schema`: the policies about people.
@Command(
        name = "policy",
        description = "Checks, tests, shows and changes the policies about people: who may start, rerun, force,"
                + " backfill, redrive, stop, approve, deploy and read what.",
        synopsisSubcommandLabel = "(check | test | show | diff | put | schema)",
        subcommands = {
            PolicyCommand.Check.class,
            PolicyCommand.Test.class,
            PolicyCommand.Show.class,
            PolicyCommand.Diff.class,
            PolicyCommand.Put.class,
            PolicyCommand.SchemaText.class
        })
public final class PolicyCommand {

    /// The file of policies that a call is about, and the pipelines that they are held against.
    static final class Choice {
        @Option(
                names = "--policies",
                paramLabel = "FILE",
                description = "policies in Cedar; cdk/policies.cedar if nothing is said")
        private @Nullable Path file;

        @Mixin
        private PipelineChoice pipelines = new PipelineChoice();

        /// @throws DiagnosticException CLI111
        ProjectPolicies read() throws IOException {
            return ProjectPolicies.read(file);
        }

        /// The policies, without an error.
        ///
        /// @throws DiagnosticException with what is wrong with them
        ProjectPolicies sound(PrintWriter warned) throws IOException {
            var policies = read();
            var findings = findings(policies);
            if (findings.stream().anyMatch(Diagnostic::isError)) {
                throw new DiagnosticException(findings);
            }
            findings.forEach(warned::println);
            return policies;
        }

        List<Diagnostic> findings(ProjectPolicies policies) throws IOException {
            return policies.findings(ProjectPolicies.vocabulary(pipelines.graphs()));
        }
    }

    /// `baton policy check`.
    @Command(
            name = "check",
            description = "Finds what is wrong with policies: what is not Cedar or does not fit the schema, names that"
                    + " are not there, and what gives too much away. Ends with 1 if there is an error.")
    static final class Check implements Callable<Integer> {
        @Option(names = "--json", description = "one JSON object a finding and line")
        private boolean json;

        @Mixin
        private Choice choice = new Choice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var findings = choice.findings(choice.read());
            var out = spec.commandLine().getOut();
            findings.forEach(finding -> out.println(json ? FindingsJson.json(finding) : finding.toString()));
            if (findings.isEmpty() && !json) {
                out.println("nothing is wrong with the policies");
            }
            return findings.stream().anyMatch(Diagnostic::isError)
                    ? CommandLine.ExitCode.SOFTWARE
                    : CommandLine.ExitCode.OK;
        }
    }

    /// `baton policy test FILE`.
    @Command(
            name = "test",
            description = "Asks policies the questions of a file, one a line: `okta:ada@example.com of forecast may not"
                    + " force weather/Forecast in prod`. Ends with 1 if one is answered otherwise than it says.")
    static final class Test implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "who may, or may not, do what")
        private Path file = Path.of("");

        @Option(names = "--json", description = "one JSON object a question and line")
        private boolean json;

        @Mixin
        private Choice choice = new Choice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var policies = choice.sound(spec.commandLine().getErr());
            var cases = PolicyCase.parse(file.toString(), InputFiles.text(file));
            var known = ProjectPolicies.vocabulary(choice.pipelines.graphs());
            var trials = PolicyTrial.of(policies.text(), known, file.toString(), cases);
            var out = spec.commandLine().getOut();
            if (json) {
                trials.forEach(trial -> out.println(Json.print(trial.toJson())));
            } else {
                var table = new TextTable("LINE", "SENTENCE", "ANSWER", "WHY");
                trials.forEach(trial -> table.row(
                        String.valueOf(trial.asked().line()),
                        trial.asked().text(),
                        trial.holds() ? "as expected" : trial.answer().allowed() ? "ALLOWED" : "DENIED",
                        trial.answer().reason()));
                table.print(out);
                var others = trials.stream().filter(trial -> !trial.holds()).count();
                out.printf(
                        "%d %s asked, %d answered otherwise%n",
                        trials.size(), trials.size() == 1 ? "question" : "questions", others);
            }
            return trials.stream().allMatch(PolicyTrial::holds)
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /// An environment in which policies hold.
    static final class Place {
        @Parameters(paramLabel = "ENV", description = "an entry of cdk/environments.json")
        private String name = "";

        @Mixin
        private EndpointChoice choice = new EndpointChoice();

        /// @throws DiagnosticException ENV006, ENV042
        Environment environment() throws IOException {
            var environment = EndpointChoice.environment(name);
            environment.withoutPolicies().ifPresent(finding -> {
                throw new DiagnosticException(finding);
            });
            return environment;
        }
    }

    /// `baton policy show ENV`.
    @Command(
            name = "show",
            description = "Prints the policies that hold in an environment, or the default, which holds where nobody"
                    + " has put any.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ENV", arity = "0..1", description = "an entry of cdk/environments.json")
        private @Nullable String name;

        @Option(names = "--default", description = "the policies that hold where nobody has put any")
        private boolean byDefault;

        @Mixin
        private EndpointChoice choice = new EndpointChoice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var out = spec.commandLine().getOut();
            if (byDefault == (name != null)) {
                throw new ParameterException(spec.commandLine(), "say an environment, or --default");
            }
            if (name == null) {
                out.print(CedarSource.DEFAULT.text());
                out.flush();
                return CommandLine.ExitCode.OK;
            }
            var place = new Place();
            place.name = name;
            var environment = place.environment();
            try (var endpoint = choice.open(environment)) {
                var policies =
                        new PolicyStore(endpoint, environment.stateBucket().name()).policies();
                spec.commandLine()
                        .getErr()
                        .println(
                                policies.isWritten()
                                        ? "sha256 " + policies.hash() + ", version " + policies.version()
                                        : "nobody has put policies here: this is the default");
                out.print(policies.text());
                out.flush();
                return CommandLine.ExitCode.OK;
            }
        }
    }

    /// `baton policy diff ENV`.
    @Command(
            name = "diff",
            description = "Compares the policies of the project with those that hold in an environment, by their ids."
                    + " Ends with 1 if they say something else.")
    static final class Diff implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Option(
                names = "--policies",
                paramLabel = "FILE",
                description = "policies in Cedar; cdk/policies.cedar if nothing is said")
        private @Nullable Path file;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var environment = place.environment();
            var own = ProjectPolicies.read(file);
            try (var endpoint = place.choice.open(environment)) {
                var there = new PolicyStore(endpoint, environment.stateBucket().name()).policies();
                var difference = PolicyDifference.between(there.text(), own.text());
                print(difference, spec.commandLine().getOut());
                return difference.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    private static void print(PolicyDifference difference, PrintWriter out) {
        if (difference.isEmpty()) {
            out.println("the policies say the same");
        }
        difference.added().forEach(id -> out.println("+ " + id));
        difference.removed().forEach(id -> out.println("- " + id));
        difference.changed().forEach(id -> out.println("~ " + id));
    }

    /// `baton policy put ENV`.
    @Command(
            name = "put",
            description = "Puts the policies of the project into an environment, where they hold from the next question"
                    + " on, without a deployment. Who puts them has to be allowed to deploy to the environment.")
    static final class Put implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Choice choice = new Choice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var environment = place.environment();
            var policies = choice.sound(spec.commandLine().getErr());
            try (var endpoint = place.choice.open(environment)) {
                var publication = new PolicyPublication(endpoint, environment, InstantSource.system());
                var outcome = publication.put(policies.text());
                var out = spec.commandLine().getOut();
                print(outcome.difference(), out);
                out.println("sha256 " + outcome.after().hash() + ", version "
                        + outcome.after().version());
                return CommandLine.ExitCode.OK;
            }
        }
    }

    /// `baton policy schema`.
    @Command(
            name = "schema",
            description = "Prints the schema of Cedar that policies are held against, and what they may name here.")
    static final class SchemaText implements Callable<Integer> {
        @Mixin
        private PipelineChoice pipelines = new PipelineChoice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var out = spec.commandLine().getOut();
            out.print(ProjectPolicies.vocabulary(pipelines.graphs()).schema());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
