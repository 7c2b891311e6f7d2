package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.put.FunctionHost;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Turnstile;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.PipelineSearch;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A pipeline of child machines that start each other, deployed again with other code while executions of it run.
///
/// `baton-ledger` starts `baton-ledger-part-1`, which runs Sum and then starts `…-part-2`, with Balance, and
/// `…-part-3`, with Count. Balance is what changes.
class RedeployedChildrenTest {
    private static final CompilerOptions SMALL_MACHINES =
            CompilerOptions.DEFAULT.unfolded().within(MachineLimits.DEFAULT.forTasks(1));
    private static final String STARTING = "baton-ledger-part-1";
    private static final String CHANGED = "baton-ledger-part-2";

    @TempDir
    private Path home;

    @BeforeEach
    @AfterEach
    void open() {
        Turnstile.GATES.values().forEach(CountDownLatch::countDown);
        Turnstile.GATES.clear();
        Turnstile.ARRIVED.clear();
        Turnstile.BROKEN.clear();
    }

    @Test
    void what_began_before_a_deployment_keeps_its_children_and_gc_takes_away_those_that_nothing_can_start()
            throws IOException, InterruptedException {
        var first = ledger("first", "old");
        var second = ledger("second", "new");
        var cloud = new LocalCloud(LocalCloud.start(0, null), RedeployedChildrenTest::host);
        try (var ledger = new DeployedPipeline(first, cloud)) {
            ledger.tell(home);
            // One whose children have ended, but that may be redriven; and one that waits before the children that are
            // going to change.
            Turnstile.BROKEN.add("2000");
            var failed = ledger.upload("receipts/2000.txt", "0").getFirst().get("execution");
            assertThat(ledger.ended(failed).status()).isEqualTo(ExecutionStatus.FAILED);
            Turnstile.GATES.put("2001", new CountDownLatch(1));
            var running = ledger.upload("receipts/2001.txt", "1").getFirst().get("execution");
            assertThat(Turnstile.ARRIVED.poll(60, TimeUnit.SECONDS)).isEqualTo("2001");
            assertThat(newest(ledger))
                    .hasSize(4)
                    .allSatisfy((machine, version) -> assertThat(version).isEqualTo("1"));

            cloud.deployRecorded(second);

            var after = newest(ledger);
            assertThat(after)
                    .as("what leads to the changed task, and nothing else")
                    .isEqualTo(Map.of("baton-ledger", "2", STARTING, "2", CHANGED, "2", "baton-ledger-part-3", "1"));
            cloud.deployRecorded(second);
            assertThat(newest(ledger)).as("deployed again unchanged").isEqualTo(after);
            assertThat(Call.in(home, "drift").out()).startsWith("ledger is as it was deployed at 20");
            var account = cloud.aws().account();
            var recorded = new Deployment(
                            cloud.endpoint(),
                            host(cloud.aws(), second),
                            new EnvironmentNames(
                                    account.id(),
                                    account.region(),
                                    LocalCloud.STATE_BUCKET,
                                    Map.of(),
                                    SourceRevision.UNKNOWN))
                    .record(second, "", InstantSource.system());
            assertThat(recorded.functions().get("baton-ledger-Balance").version())
                    .as("only a child names it")
                    .isEqualTo("2");
            var manifest = new Manifests(cloud.endpoint(), LocalCloud.STATE_BUCKET)
                    .find("ledger")
                    .orElseThrow();
            assertThat(manifest.snapshot().parts().get("state machine " + CHANGED))
                    .containsEntry("pinned", "2");
            assertThat(Call.in(home, "drift").out()).startsWith("ledger is as it was deployed at 20");
            assertThat(removed())
                    .as("the children that are to come are needed by who waits before them")
                    .containsExactly("function:baton-ledger-start:1");

            Turnstile.GATES.get("2001").countDown();
            var ended = ledger.ended(running);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(ledger.read("reports/2001.txt")).isEqualTo("1 old, 1 counted");
            var child = executions(ledger, CHANGED).getFirst();
            assertThat(child.stateMachineVersionArn()).endsWith(":" + CHANGED + ":1");
            assertThat(child.executionArn()).contains(":execution:" + CHANGED + ":");
            var described =
                    ledger.endpoint().states().describeExecution(request -> request.executionArn(child.executionArn()));
            assertThat(described.stateMachineArn()).endsWith(":stateMachine:" + CHANGED);
            assertThat(described.stateMachineVersionArn()).isEqualTo(child.stateMachineVersionArn());
            assertThat(described.stateMachineAliasArn()).isNull();
            var parent = executions(ledger, STARTING).getFirst().executionArn();
            assertThat(ledger.history(parent, "TaskScheduled"))
                    .extracting(event -> event.taskScheduledEventDetails().parameters())
                    .anyMatch(parameters -> parameters.contains("\"" + child.stateMachineVersionArn() + "\""));
            assertThat(ledger.history(parent, "TaskSucceeded"))
                    .extracting(event -> event.taskSucceededEventDetails().output())
                    .anyMatch(output -> child.stateMachineVersionArn()
                            .equals(Json.parseObject(output).get("StateMachineVersionArn")));

            assertThat(removed()).as("one may still be redriven").isEmpty();
            Turnstile.BROKEN.clear();
            ledger.endpoint().states().redriveExecution(request -> request.executionArn(String.valueOf(failed)));
            var redriven = ledger.ended(failed);
            assertThat(redriven.status()).as(redriven.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(ledger.read("reports/2000.txt")).isEqualTo("0 old, 0 counted");

            run(ledger, 2002, "2 new, 2 counted");
            assertThat(executions(ledger, CHANGED).getFirst().stateMachineVersionArn())
                    .endsWith(":" + CHANGED + ":2");

            assertThat(removed())
                    .as("nothing can start them any more")
                    .containsExactlyInAnyOrder(
                            "stateMachine:baton-ledger:1",
                            "stateMachine:" + STARTING + ":1",
                            "stateMachine:" + CHANGED + ":1",
                            "function:baton-ledger-Balance:1",
                            "function:baton-ledger-pin:1");
            assertThat(removed()).isEmpty();
            cloud.deployRecorded(second);
            assertThat(newest(ledger)).isEqualTo(after);
            run(ledger, 2003, "3 new, 3 counted");
        }
    }

    private static void run(DeployedPipeline ledger, int year, String report) throws InterruptedException {
        var execution = ledger.upload("receipts/" + year + ".txt", String.valueOf(year % 10))
                .getFirst()
                .get("execution");
        var ended = ledger.ended(execution);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ledger.read("reports/" + year + ".txt")).isEqualTo(report);
    }

    /// The versions that `gc` removes, by the end of their ARNs.
    private List<String> removed() {
        var call = Call.in(home, "gc");
        assertThat(call.err()).isEmpty();
        return call.lines().stream()
                .filter(line -> line.contains("arn:aws:"))
                .map(line -> line.replaceAll(".*:000000000000:", ""))
                .toList();
    }

    /// The newest version of each state machine.
    private static Map<String, String> newest(DeployedPipeline pipeline) {
        var states = pipeline.endpoint().states();
        var newest = new TreeMap<String, String>();
        states.listStateMachines()
                .stateMachines()
                .forEach(machine -> newest.put(
                        machine.name(),
                        states.listStateMachineVersions(request -> request.stateMachineArn(machine.stateMachineArn()))
                                .stateMachineVersions()
                                .getFirst()
                                .stateMachineVersionArn()
                                .replaceAll(".*:", "")));
        return newest;
    }

    /// The newest first.
    private static List<ExecutionListItem> executions(DeployedPipeline pipeline, String machine) {
        var states = pipeline.endpoint().states();
        var arn = states.listStateMachines().stateMachines().stream()
                .filter(known -> known.name().equals(machine))
                .findFirst()
                .orElseThrow()
                .stateMachineArn();
        return states.listExecutions(request -> request.stateMachineArn(arn)).executions();
    }

    /// Functions in this process, each version with the classes of its own jar.
    private static FunctionHost host(EmbeddedAws aws, CompiledPipeline pipeline) {
        return LaptopFunctions.JVM.of(aws, pipeline, Path.of("none"));
    }

    /// The same pipeline but for a word in one of its tasks.
    private CompiledPipeline ledger(String folder, String word) throws IOException {
        var head = """
                package own;

                import dev.baton.cli.pipelines.Turnstile;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;

                @Retries(0)
                """;
        var jar = SourceJar.of(
                home.resolve(folder),
                "Ledger",
                Map.of(
                        "Receipts",
                        head.replace("@Retries(0)", "") + """
                        @Intent("Receipts of a year")
                        public record Receipts(Year year) implements ExternalTask {
                            public Target output() { return S3Target.at("s3://lake/receipts/{year}.txt", this); }
                        }
                        """,
                        "Sum",
                        head + """
                        @Intent("What the receipts come to")
                        public record Sum(Year year) implements Task {
                            public List<Receipts> requires() { return List.of(new Receipts(year)); }
                            public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                Turnstile.pass(year.toString());
                                run.output().text(run.input(new Receipts(year)).text());
                            }
                        }
                        """,
                        "Balance",
                        head + """
                        @Intent("The sum and a word")
                        public record Balance(Year year) implements Task {
                            public List<Sum> requires() { return List.of(new Sum(year)); }
                            public Target output() { return S3Target.at("s3://lake/balances/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(new Sum(year)).text() + " %s");
                            }
                        }
                        """.formatted(word),
                        "Count",
                        head + """
                        @Intent("The sum, counted again")
                        public record Count(Year year) implements Task {
                            public List<Sum> requires() { return List.of(new Sum(year)); }
                            public Target output() { return S3Target.at("s3://lake/counts/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                run.output().text(run.input(new Sum(year)).text() + " counted");
                            }
                        }
                        """,
                        "Report",
                        head + """
                        @Intent("What was found")
                        public record Report(Year year) implements Task {
                            public List<Task> requires() { return List.of(new Balance(year), new Count(year)); }
                            public Target output() { return S3Target.at("s3://lake/reports/{year}.txt", this); }
                            public void run(TaskRun run) throws IOException {
                                Turnstile.bear(year.toString());
                                run.output().text(run.input(new Balance(year)).text() + ", "
                                        + run.input(new Count(year)).text());
                            }
                        }
                        """,
                        "Ledger",
                        head.replace("@Retries(0)", "") + """
                        public final class Ledger implements PipelineProvider {
                            public List<Pipeline> pipelines() { return List.of(Pipeline.of("ledger", Report.class)); }
                        }
                        """));
        var loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
        var pipeline = PipelineSearch.in(List.of(loader)).stream()
                .filter(found -> found.name().equals("ledger"))
                .findFirst()
                .orElseThrow();
        return Compiler.compile(CheckedGraph.of(pipeline).orThrow(), SMALL_MACHINES);
    }
}
