package dev.baton.cli.command;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.audit.AnchorCheck;
import dev.baton.cli.audit.AnchorStore;
import dev.baton.cli.audit.AuditExport;
import dev.baton.cli.audit.AuditExport.DataLog;
import dev.baton.cli.audit.AuditScope;
import dev.baton.cli.audit.AuditVerification;
import dev.baton.cli.audit.ChainAnchor;
import dev.baton.diagnostic.Diagnostic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
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

/// `baton audit export|verify`: the evidence of what happened, for auditors.
@Command(
        name = "audit",
        description = "Writes the evidence of what ran, who decided what and who read what as a file of chained lines,"
                + " and finds what somebody changed in one.",
        synopsisSubcommandLabel = "(export | verify)",
        subcommands = {AuditCommand.Export.class, AuditCommand.Verify.class})
public final class AuditCommand {

    /// `baton audit export`.
    @Command(
            name = "export",
            description = "Writes evidence as lines of JSON, each with the hash of the one before. The same range has"
                    + " the same bytes.")
    static final class Export implements Callable<Integer> {
        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "the first time of the range: 2026-11-01, or 2026-11-01T06:00:00Z")
        private @Nullable String from;

        @Option(
                names = "--to",
                paramLabel = "TIME",
                description = "the first time behind the range; now if nothing is said")
        private @Nullable String to;

        @Option(
                names = "--control",
                paramLabel = "ID",
                split = ",",
                description = "only what is evidence for these controls of SOC 2, such as CC6.1,CC8.1")
        private List<String> controls = new ArrayList<>();

        @Option(names = "--pipeline", paramLabel = "NAME", description = "only of this one; may be said again")
        private List<String> pipelines = new ArrayList<>();

        @Option(
                names = "--access-logs",
                paramLabel = "URI",
                description = "s3://bucket/prefix that S3 delivers server access logs to; may be said again")
        private List<String> accessLogs = new ArrayList<>();

        @Option(
                names = "--trail",
                paramLabel = "URI",
                description = "s3://bucket/prefix that a CloudTrail trail writes to; may be said again")
        private List<String> trails = new ArrayList<>();

        @Option(names = "-o", paramLabel = "FILE", description = "the file to write; printed if nothing is said")
        private @Nullable Path file;

        @Option(
                names = "--anchor",
                paramLabel = "URI",
                description = "s3://bucket/prefix with object lock, to keep the end of the chain in")
        private @Nullable String anchor;

        @Option(
                names = "--retain-days",
                paramLabel = "N",
                defaultValue = "2557",
                description = "how long nobody may delete the anchor; 2557, which is seven years, if nothing is said")
        private int days;

        @Option(
                names = "--sign-with",
                paramLabel = "KEY",
                description = "the ARN or alias of an asymmetric KMS key that signs the anchor")
        private @Nullable String key;

        @Mixin
        private EnvironmentChoice choice = new EnvironmentChoice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            if (file == null && anchor == null && key != null) {
                throw new ParameterException(
                        spec.commandLine(), "--sign-with signs an anchor: say -o FILE or --anchor URI, too");
            }
            if (days < 1) {
                throw new ParameterException(
                        spec.commandLine(), "--retain-days is a number from 1 on, but was " + days);
            }
            var logs = new ArrayList<DataLog>();
            accessLogs.forEach(uri -> logs.add(place(uri, false)));
            trails.forEach(uri -> logs.add(place(uri, true)));
            var now = Instant.now();
            var scope = AuditScope.of(from, to, new TreeSet<>(controls), new TreeSet<>(pipelines), now);
            var err = spec.commandLine().getErr();
            try (var endpoint = choice.open();
                    var out = out()) {
                var export = new AuditExport(endpoint, choice.stateBucket(endpoint), logs, err::println);
                var head = export.write(scope, out);
                var unsigned = new ChainAnchor(head, scope.range(), Optional.empty(), Optional.empty());
                var store = new AnchorStore(endpoint);
                var signed = key == null ? unsigned : store.sign(unsigned, key);
                if (file != null) {
                    Files.writeString(anchorOf(file), signed.print() + "\n");
                    spec.commandLine().getOut().println(head.lines() + " lines, which end with " + head.hash());
                }
                if (anchor != null) {
                    err.println("anchored in " + store.put(signed, anchor, AnchorStore.until(now, days)));
                }
            }
            return CommandLine.ExitCode.OK;
        }

        private DataLog place(String uri, boolean isTrail) {
            if (!uri.matches("s3://[^/]+(/.*)?")) {
                throw new ParameterException(spec.commandLine(), "s3://bucket/prefix was expected, but was " + uri);
            }
            var path = uri.substring("s3://".length());
            var slash = path.indexOf('/');
            return slash < 0
                    ? new DataLog(path, "", isTrail)
                    : new DataLog(path.substring(0, slash), path.substring(slash + 1), isTrail);
        }

        private OutputStream out() throws IOException {
            if (file != null) {
                return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            }
            var printer = spec.commandLine().getOut();
            return new BufferedOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            throw new UnsupportedOperationException("lines come in blocks");
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) {
                            printer.print(new String(bytes, offset, length, StandardCharsets.UTF_8));
                            printer.flush();
                        }
                    },
                    1 << 16);
        }
    }

    private static Path anchorOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".anchor.json");
    }

    /// `baton audit verify FILE`.
    @Command(
            name = "verify",
            description = "Finds every line of an export that was changed, taken away, added or moved, and an end that"
                    + " was cut.")
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "what baton audit export wrote")
        private Path file = Path.of("");

        @Option(
                names = "--anchor",
                paramLabel = "FILE|URI",
                description = "where the end of its chain is kept, a file or an object in S3; FILE.anchor.json, if it"
                        + " is there and nothing is said")
        private @Nullable String anchor;

        @Option(
                names = "--signed-by",
                paramLabel = "KEY",
                description = "the ARN of the KMS key that has to have signed the anchor")
        private @Nullable String key;

        @Mixin
        private EnvironmentChoice choice = new EnvironmentChoice();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            InputFiles.require(file);
            AuditVerification.Result result;
            try (var in = Files.newInputStream(file)) {
                result = AuditVerification.of(file.toString(), in);
            }
            var findings = new ArrayList<>(result.findings());
            var named = anchor == null && Files.exists(anchorOf(file))
                    ? anchorOf(file).toString()
                    : anchor;
            var isAnchored = named != null;
            if (named != null) {
                findings.addAll(anchored(result, named));
            } else if (key != null) {
                throw new ParameterException(
                        spec.commandLine(), "--signed-by is about an anchor: name it, --anchor FILE|URI");
            }
            findings.forEach(spec.commandLine().getErr()::println);
            if (!findings.isEmpty()) {
                return CommandLine.ExitCode.SOFTWARE;
            }
            spec.commandLine()
                    .getOut()
                    .println(result.head().lines() + " lines from "
                            + result.range().replace("/", " to ")
                            + (isAnchored
                                    ? " are as they were exported, and end as the anchor says"
                                    : " fit together; no anchor says whether they are all"));
            return CommandLine.ExitCode.OK;
        }

        private List<Diagnostic> anchored(AuditVerification.Result result, String named) throws IOException {
            if (!named.startsWith("s3://") && key == null) {
                return AnchorCheck.of(file.toString(), result, named, AnchorCheck.read(Path.of(named)));
            }
            try (var endpoint = choice.open()) {
                var store = new AnchorStore(endpoint);
                var found = named.startsWith("s3://") ? store.get(named) : AnchorCheck.read(Path.of(named));
                var findings = new ArrayList<>(AnchorCheck.of(file.toString(), result, named, found));
                if (key != null) {
                    findings.addAll(AnchorCheck.signature(store, named, found, key));
                }
                return findings;
            }
        }
    }
}
