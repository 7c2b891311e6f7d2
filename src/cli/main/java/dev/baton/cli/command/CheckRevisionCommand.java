package dev.baton.cli.command;

import dev.baton.cli.checks.CheckStore;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.output.TextTable;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.revision.Repository;
import dev.baton.revision.RepositorySearch;
import dev.baton.revision.Revision;
import dev.baton.run.RevisionCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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

/// `baton check-revision add|list|show`: what was checked of a revision.
@Command(
        name = "check-revision",
        description = "Records what was checked of a revision, and shows it. An environment may demand checks: what is"
                + " built from a revision that lacks one is neither deployed nor started there.",
        synopsisSubcommandLabel = "(add | list | show)",
        subcommands = {
            CheckRevisionCommand.Add.class,
            CheckRevisionCommand.ListChecks.class,
            CheckRevisionCommand.Show.class
        })
public final class CheckRevisionCommand {

    /// The revision that a call is about, and the environment.
    static final class Which {
        @Option(
                names = "--revision",
                paramLabel = "REV",
                description = "an id, or a branch or tag that Git or Mercurial lists; what is checked out if nothing is"
                        + " said")
        private @Nullable String name;

        @Option(
                names = "--repository",
                paramLabel = "DIR",
                description = "a folder of the sources; the project's if nothing is said")
        private @Nullable Path folder;

        @Mixin
        private EnvironmentChoice choice = new EnvironmentChoice();

        Repository repository() {
            return RepositorySearch.require(folder == null ? ProjectFolder.folder() : folder);
        }

        /// @throws DiagnosticException CLI064 when it is not committed, REV001 to REV008, REV011
        Revision revision() {
            var repository = repository();
            if (name != null) {
                return repository.revision(name);
            }
            return repository
                    .workingCopy()
                    .filter(copy -> !copy.dirty())
                    .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                            "CLI064",
                            Location.named(repository.root().toString()),
                            "has changes that are not committed, and a check is of a revision",
                            "commit or ignore them, or name the revision that was checked: --revision REV")));
        }
    }

    private static void table(PrintWriter out, List<RevisionCheck> checks) {
        var table = new TextTable("CHECK", "STATUS", "BY", "WHEN (UTC)", "NOTE");
        for (var check : checks) {
            table.row(
                    check.name(),
                    check.status(),
                    check.by(),
                    check.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    check.note());
        }
        table.print(out);
    }

    private static void json(PrintWriter out, List<RevisionCheck> checks) {
        checks.forEach(check -> out.println(Json.print(check.toJson())));
    }

    private static String shown(Revision revision) {
        return revision.id().substring(0, 12) + " (" + revision.system() + ")";
    }

    /// `baton check-revision add NAME`.
    @Command(
            name = "add",
            description = "Records how a check of a revision came out. What was recorded before stays to be seen; the"
                    + " newest counts.")
    static final class Add implements Callable<Integer> {
        /// The ways in which a check comes out.
        enum Status {
            PASSED,
            FAILED
        }

        @Parameters(paramLabel = "NAME", description = "of the check, such as tests or review")
        private String name = "";

        @Option(names = "--status", paramLabel = "STATUS", description = "passed or failed")
        private @Nullable Status status;

        @Option(names = "--by", paramLabel = "WHO", description = "who says so, such as ada or ci-4711")
        private @Nullable String by;

        @Option(names = "--note", paramLabel = "TEXT", description = "what is worth knowing about it")
        private String note = "";

        @Option(
                names = "--signed",
                description = "ask Git or Mercurial whether the revision is signed, and by whom; that is the check")
        private boolean signed;

        @Mixin
        private Which which = new Which();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            check();
            var revision = which.revision();
            var who = signed ? which.repository().signer(revision.id()) : String.valueOf(by);
            try (var endpoint = which.choice.open()) {
                var check = new RevisionCheck(
                        name,
                        status != Status.FAILED,
                        who,
                        endpoint.caller(),
                        note,
                        Instant.now(),
                        revision.system(),
                        revision.id());
                new CheckStore(endpoint, which.choice.stateBucket(endpoint)).add(check);
                spec.commandLine()
                        .getOut()
                        .println(name + " of " + shown(revision) + " " + check.status() + ", says " + check.by());
                return CommandLine.ExitCode.OK;
            }
        }

        private void check() {
            if (!RevisionCheck.NAME.matcher(name).matches()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "a check is called by at most 40 small letters, digits and hyphens, but was \"" + name + "\"");
            }
            if (signed ? status != null || by != null : status == null || by == null || by.isBlank()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "say how it came out and who says so, --status "
                                + Status.PASSED.name().toLowerCase(Locale.ROOT) + " --by WHO, or else --signed");
            }
        }
    }

    /// `baton check-revision list`.
    @Command(name = "list", description = "Lists the checks that are recorded of a revision.")
    static final class ListChecks implements Callable<Integer> {
        @Option(names = "--json", description = "one JSON object a check and line")
        private boolean json;

        @Mixin
        private Which which = new Which();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var revision = which.revision();
            try (var endpoint = which.choice.open()) {
                var checks = new CheckStore(endpoint, which.choice.stateBucket(endpoint))
                        .all(revision.system(), revision.id());
                var out = spec.commandLine().getOut();
                if (json) {
                    json(out, checks);
                } else if (checks.isEmpty()) {
                    out.println("no check is recorded of " + shown(revision));
                } else {
                    table(out, checks);
                }
                return CommandLine.ExitCode.OK;
            }
        }
    }

    /// `baton check-revision show NAME`.
    @Command(name = "show", description = "Shows all that was ever recorded of one check, the newest first.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "of the check, such as tests or review")
        private String name = "";

        @Option(names = "--json", description = "one JSON object a record and line")
        private boolean json;

        @Mixin
        private Which which = new Which();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            var revision = which.revision();
            try (var endpoint = which.choice.open()) {
                var store = new CheckStore(endpoint, which.choice.stateBucket(endpoint));
                var records = RevisionCheck.NAME.matcher(name).matches()
                        ? store.history(revision.system(), revision.id(), name)
                        : List.<RevisionCheck>of();
                if (records.isEmpty()) {
                    var known = store.all(revision.system(), revision.id()).stream()
                            .map(RevisionCheck::name)
                            .toList();
                    throw new DiagnosticException(Diagnostic.error(
                            "CLI063",
                            Location.named(name),
                            "no check of this name is recorded of " + shown(revision) + "; recorded are "
                                    + (known.isEmpty() ? "none" : String.join(", ", known)),
                            "name one of these, or another --revision or --env"));
                }
                var out = spec.commandLine().getOut();
                if (json) {
                    json(out, records);
                } else {
                    table(out, records);
                }
                return CommandLine.ExitCode.OK;
            }
        }
    }
}
