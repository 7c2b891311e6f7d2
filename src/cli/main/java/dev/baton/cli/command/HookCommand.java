package dev.baton.cli.command;

import dev.baton.cli.affected.AffectedPipeline;
import dev.baton.cli.affected.AffectedReport;
import dev.baton.cli.affected.CodeSide;
import dev.baton.cli.affected.RevisionBuild;
import dev.baton.cli.checks.CheckStore;
import dev.baton.cli.hook.CommitChecks;
import dev.baton.cli.hook.HookEvent;
import dev.baton.cli.hook.HookedRepository;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.revision.Repository;
import dev.baton.revision.RepositorySearch;
import dev.baton.run.RevisionCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/// `baton hook install|uninstall`: what a repository tells at a commit and a push.
@Command(
        name = "hook",
        description = "Has a repository tell what a commit or a push affects; with checks, Mercurial refuses a commit"
                + " of which one fails. Hooks that are there stay.",
        synopsisSubcommandLabel = "(install | uninstall)",
        subcommands = {HookCommand.Install.class, HookCommand.Uninstall.class, HookCommand.Run.class})
public final class HookCommand {
    /// The systems that have hooks.
    enum SourceSystem {
        GIT,
        HG
    }

    /// The repository that a call is about.
    static final class Where {
        @Option(
                names = "--repository",
                paramLabel = "DIR",
                description = "the project's folder, in the repository; where the command stands if nothing is said")
        private @Nullable Path folder;

        Path project() {
            return (folder == null ? ProjectFolder.folder() : folder)
                    .toAbsolutePath()
                    .normalize();
        }

        Repository repository() {
            return RepositorySearch.require(project());
        }

        /// @throws ParameterException when it is of the other system
        Repository repository(CommandSpec spec, SourceSystem system) {
            var repository = repository();
            if (!repository.system().equalsIgnoreCase(system.name())) {
                throw new ParameterException(
                        spec.commandLine(), repository.root() + " is a repository of " + repository.system());
            }
            return repository;
        }
    }

    /// The words that a hook is installed with, and called with.
    static final class Words {
        @Option(
                names = "--build",
                paramLabel = "COMMAND",
                description = "how a revision is built, words with blanks between, as baton affected takes it")
        private String build = "";

        @Option(
                names = "--check",
                paramLabel = "NAME=COMMAND",
                description = "a check of what is committed and the command that makes it, words with blanks between;"
                        + " where it fails, Mercurial refuses the commit; may be repeated")
        private Map<String, String> checks = new LinkedHashMap<>();

        @Option(
                names = "--env",
                paramLabel = "ENV",
                description = "an entry of cdk/environments.json: its demanded checks are asked for too, and those that"
                        + " are made here are recorded there")
        private @Nullable String environment;

        boolean vetoes() {
            return environment != null || !checks.isEmpty();
        }

        List<String> again() {
            var words = new ArrayList<String>();
            if (!build.isBlank()) {
                words.addAll(List.of("--build", build));
            }
            checks.forEach((name, command) -> words.addAll(List.of("--check", name + "=" + command)));
            if (environment != null) {
                words.addAll(List.of("--env", environment));
            }
            return words;
        }

        void check(CommandSpec spec) {
            checks.forEach((name, command) -> {
                if (!RevisionCheck.NAME.matcher(name).matches() || command.isBlank()) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--check is NAME=COMMAND, such as tests=\"mvn -q test\", but was " + name + "=" + command);
                }
            });
        }
    }

    /// `baton hook install git|hg`.
    @Command(name = "install", description = "Installs the hooks, or replaces those of an earlier installation.")
    static final class Install implements Callable<Integer> {
        @Parameters(paramLabel = "git|hg", description = "the system")
        private SourceSystem system = SourceSystem.GIT;

        @Mixin
        private Where where = new Where();

        @Mixin
        private Words words = new Words();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            words.check(spec);
            var repository = where.repository(spec, system);
            if (words.vetoes() && system == SourceSystem.GIT) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--check and --env are for hg: at no event of git is what is being committed a revision that"
                                + " can still be refused");
            }
            if (words.environment != null) {
                EndpointChoice.environment(words.environment);
            }
            var events = new HookedRepository(repository, where.project()).install(words.again(), words.vetoes());
            spec.commandLine().getOut().println("installed " + String.join(", ", events) + " in " + repository.root());
            return CommandLine.ExitCode.OK;
        }
    }

    /// `baton hook uninstall git|hg`.
    @Command(name = "uninstall", description = "Takes the hooks away, and brings back what was there before.")
    static final class Uninstall implements Callable<Integer> {
        @Parameters(paramLabel = "git|hg", description = "the system")
        private SourceSystem system = SourceSystem.GIT;

        @Mixin
        private Where where = new Where();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var repository = where.repository(spec, system);
            var gone = new HookedRepository(repository, where.project()).uninstall();
            spec.commandLine()
                    .getOut()
                    .println(
                            gone.isEmpty()
                                    ? "no hook of Baton is in " + repository.root()
                                    : "removed " + String.join(", ", gone) + " from " + repository.root());
            return CommandLine.ExitCode.OK;
        }
    }

    /// What the hooks call.
    @Command(name = "run", hidden = true, description = "What an installed hook calls.")
    static final class Run implements Callable<Integer> {
        private static final Duration PATIENCE = Duration.ofMinutes(10);

        @Parameters(index = "0", paramLabel = "EVENT", description = "as the system calls it")
        private String event = "";

        @Parameters(index = "1..*", arity = "0..*", hidden = true, description = "what Git adds")
        private List<String> more = List.of();

        @Mixin
        private Where where = new Where();

        @Mixin
        private Words words = new Words();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            if (event.equals(HookedRepository.VETO)) {
                veto();
                return CommandLine.ExitCode.OK;
            }
            try {
                tell();
            } catch (DiagnosticException e) {
                // What was committed is committed, and what is pushed is nobody's here to stop.
                spec.commandLine().getErr().println("baton: what this affects is not known");
                e.diagnostics().forEach(spec.commandLine().getErr()::println);
            }
            return CommandLine.ExitCode.OK;
        }

        private void tell() throws IOException {
            var repository = where.repository();
            var told = event.equals("pre-push")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.<String>of();
            var build = new RevisionBuild(
                    words.build.isBlank()
                            ? List.of()
                            : List.of(words.build.strip().split("\\s+")),
                    List.of(),
                    where.project(),
                    PATIENCE);
            for (var change : HookEvent.of(repository, event, System.getenv(), told)) {
                try (var older = CodeSide.of(repository, change.before(), build);
                        var newer = CodeSide.of(repository, change.after(), build)) {
                    new AffectedReport(older.name(), newer.name(), AffectedPipeline.between(older, newer), Map.of())
                            .print(spec.commandLine().getOut());
                }
            }
        }

        /// @throws DiagnosticException ENV041, by which the commit is refused
        private void veto() throws IOException {
            words.check(spec);
            var commit = where.repository().revision(System.getenv().getOrDefault("HG_NODE", "."));
            var checks = new CommitChecks(words.checks, where.project(), PATIENCE);
            if (words.environment == null) {
                checks.require(commit, null, null);
                return;
            }
            var environment = EndpointChoice.environment(words.environment);
            try (var endpoint = new EndpointChoice().open(environment)) {
                checks.require(
                        commit,
                        environment,
                        new CheckStore(endpoint, environment.stateBucket().name()));
            }
        }
    }
}
