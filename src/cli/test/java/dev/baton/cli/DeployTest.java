package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Somebody's own pipeline, deployed with `baton deploy` to an embedded AWS: everything is uploaded, and functions
/// run as they do in Lambda.
class DeployTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_MILLIS = 40;

    @TempDir
    private Path home;

    /// Two tasks: the first waits for somebody to answer at a port, the second writes a word.
    private Path ledger(String folder, int port, String word) throws IOException {
        var head = """
                package own;

                import dev.baton.task.*;
                import java.io.IOException;
                import java.net.*;
                import java.time.Year;
                import java.util.List;

                """;
        return SourceJar.of(
                home.resolve(folder),
                "Ledger",
                Map.of(
                        "Receipts",
                        head + """
                        @Intent("Receipts of a year")
                        public record Receipts(Year year) implements ExternalTask {
                            public Target output() { return S3Target.at("s3://books/landing/{year}.txt", this); }
                        }
                        """,
                        "Sum",
                        head + """
                        @Intent("What the receipts come to")
                        @Retries(0)
                        public record Sum(Year year) implements Task {
                            public List<Receipts> requires() { return List.of(new Receipts(year)); }
                            public Target output() { return S3Target.at("s3://books/sums/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                try (var asked = new Socket(InetAddress.getLoopbackAddress(), %d)) {
                                    asked.getInputStream().read();
                                }
                                run.output().text(run.input(new Receipts(year)).text());
                            }
                        }
                        """.formatted(port),
                        "Balance",
                        head + """
                        @Intent("The sum and a word")
                        @Retries(0)
                        public record Balance(Year year) implements Task {
                            public List<Sum> requires() { return List.of(new Sum(year)); }
                            public Target output() { return S3Target.at("s3://books/balances/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(new Sum(year)).text() + " %s");
                            }
                        }
                        """.formatted(word),
                        "Ledger",
                        head + """
                        public final class Ledger implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Balance.class)); }
                        }
                        """));
    }

    @Test
    void a_run_finishes_on_its_own_code_while_a_change_is_deployed_and_the_next_run_uses_the_new()
            throws IOException, InterruptedException {
        Call.silenceLogs();
        Files.createDirectories(home.resolve("cdk"));
        Files.writeString(home.resolve("cdk/environments.json"), "{\"local\": {\"endpoint\": \"embedded\"}}");
        try (var waiting = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var aws = LocalCloud.start(0, null);
                var cloud = new LocalCloud(aws, LaptopFunctions.PROCESS)) {
            waiting.setSoTimeout((int) PATIENCE.toMillis());
            DeployedPipeline.tell(home, aws);
            var first = ledger("first", waiting.getLocalPort(), "old");
            // An upload that precedes the deployment: the sweep at the deployment's end finds it.
            cloud.endpoint().s3().createBucket(request -> request.bucket("books"));
            cloud.endpoint()
                    .s3()
                    .putBucketVersioning(request -> request.bucket("books")
                            .versioningConfiguration(versioning -> versioning.status("Enabled")));
            put(cloud, 2001, "1");

            var deployed = events("deploy", "local", "ledger", "--jar", first.toString());
            assertThat(published(deployed)).containsExactly("Balance", "Sum", "pin", "start");
            var running = String.valueOf(started(deployed));
            Socket begun = waiting.accept();

            var second = ledger("second", waiting.getLocalPort(), "new");
            assertThat(Call.in(home, "diff", "local", "ledger", "--jar", second.toString())
                            .lines())
                    .contains("code        function baton-ledger-Balance: runs other code")
                    .noneMatch(line -> line.contains("baton-ledger-Sum"))
                    .noneMatch(line -> line.startsWith("definition"))
                    .noneMatch(line -> line.startsWith("permission"));
            var changed = events("deploy", "local", "ledger", "--jar", second.toString());
            assertThat(published(changed))
                    .as("only what changed, and the functions that know the whole graph")
                    .containsExactly("Balance", "pin", "start");
            var unchanged = events("deploy", "local", "ledger", "--jar", second.toString());
            assertThat(published(unchanged)).isEmpty();
            assertThat(Call.in(home, "drift").out()).startsWith("ledger is as it was deployed at 20");

            assertThat(lines(Call.in(home, "gc", "--dry-run")))
                    .as("the running execution uses its state machine, its tasks and their pin; events use the newest")
                    .containsExactly("function:baton-ledger-start:1");
            begun.getOutputStream().write(1);
            begun.close();
            assertThat(ended(cloud, running)).isEqualTo("SUCCEEDED");
            assertThat(read(cloud, 2001)).isEqualTo("1 old");

            put(cloud, 2002, "2");
            // The sweep has started the old year anew on the new code, and it may come here too, before or after.
            Thread.ofVirtual().start(() -> answerAll(waiting));
            var next = listed("ledger-2002-");
            assertThat(ended(cloud, next)).isEqualTo("SUCCEEDED");
            assertThat(read(cloud, 2002)).isEqualTo("2 new");

            var unused = lines(Call.in(home, "gc", "--dry-run"));
            assertThat(lines(Call.in(home, "gc"))).isEqualTo(unused);
            assertThat(unused)
                    .containsExactlyInAnyOrder(
                            "stateMachine:baton-ledger:1",
                            "function:baton-ledger-Balance:1",
                            "function:baton-ledger-pin:1",
                            "function:baton-ledger-start:1");
            assertThat(lines(Call.in(home, "gc"))).isEmpty();
            assertThat(published(events("deploy", "local", "ledger", "--jar", second.toString())))
                    .isEmpty();
        }
    }

    private static void answerAll(ServerSocket waiting) {
        try {
            while (true) {
                waiting.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /// The execution whose name begins so, once there is one.
    private String listed(String prefix) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var found = Call.in(home, "status", "ledger", "--json").lines().stream()
                    .map(Json::parseObject)
                    .map(row -> String.valueOf(row.get("execution")))
                    .filter(name -> name.startsWith(prefix))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(System.nanoTime()).isLessThan(end);
            // As below: there is nothing to wait on.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private List<Map<String, Object>> events(String... words) {
        var call = Call.in(
                home, Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new));
        assertThat(call.err()).isEmpty();
        assertThat(call.exit()).isZero();
        return call.lines().stream().map(Json::parseObject).toList();
    }

    private static List<String> published(List<Map<String, Object>> events) {
        return events.stream()
                .filter(event -> "published".equals(event.get("event")) && Boolean.TRUE.equals(event.get("new")))
                .map(event -> String.valueOf(event.get("function")).replace("baton-ledger-", ""))
                .toList();
    }

    private static Object started(List<Map<String, Object>> events) {
        return events.stream()
                .filter(event -> "started".equals(event.get("event")))
                .map(event -> event.get("execution"))
                .findFirst()
                .orElseThrow();
    }

    /// The versions that `gc` tells of, by the end of their ARNs.
    private static List<String> lines(Call call) {
        assertThat(call.err()).isEmpty();
        return call.lines().stream()
                .filter(line -> line.contains("arn:aws:"))
                .map(line -> line.replaceAll(".*:000000000000:", ""))
                .toList();
    }

    /// The status of an execution, once it has ended.
    private static String ended(LocalCloud cloud, String execution) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var status =
                    new ExecutionLookup(cloud.endpoint()).execution(execution).status();
            if (status != ExecutionStatus.RUNNING) {
                return status.toString();
            }
            assertThat(System.nanoTime()).isLessThan(end);
            // The API has nothing to wait on: who follows an execution asks again.
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void put(LocalCloud cloud, int year, String text) {
        cloud.endpoint()
                .s3()
                .putObject(
                        request -> request.bucket("books").key("landing/" + year + ".txt"),
                        RequestBody.fromString(text));
    }

    private static String read(LocalCloud cloud, int year) {
        return cloud.endpoint()
                .s3()
                .getObjectAsBytes(request -> request.bucket("books").key("balances/" + year + ".txt"))
                .asUtf8String();
    }
}
