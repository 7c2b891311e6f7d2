package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.deploy.put.Deployment;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.cli.pipelines.Apiary;
import dev.baton.cli.pipelines.Mosaic;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.local.lambda.InvocationObserver;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.function.Invocation;
import dev.baton.run.CheckDemand;
import dev.baton.run.SourceRevision;
import dev.baton.task.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// How many iterations of a distributed Map run at a time where the environment says so, deployed and over the wire.
class MapConcurrencyTest {
    private static final String HIVES = "oak 500\nelm 40\nash 3\nfir 7\nyew 8\nbox 9\n";

    @BeforeEach
    @AfterEach
    void begin() {
        Apiary.FILLED.clear();
        Apiary.BREAKING.clear();
        Mosaic.LAID.clear();
        Mosaic.BREAKING.clear();
    }

    @Test
    void items_run_as_many_at_a_time_as_the_task_declares_and_fewer_where_the_environment_says_so()
            throws InterruptedException {
        assertThat(atOnce(TestPipelines.APIARY, "Jar", "{}", "hives/2026.txt", HIVES, 20))
                .isGreaterThan(1)
                .isLessThanOrEqualTo(20);
        begin();
        assertThat(atOnce(TestPipelines.APIARY, "Jar", "{\"Jars\": 1}", "hives/2026.txt", HIVES, 1))
                .isEqualTo(1);
        assertThat(Apiary.FILLED).hasSize(6);
    }

    @Test
    void many_tasks_that_became_one_map_are_capped_by_the_class_of_the_first() throws InterruptedException {
        assertThat(atOnce(TestPipelines.LARGE, "Tile", "{}", "drawings/2026.txt", "blue", 0))
                .isGreaterThan(2);
        begin();
        assertThat(atOnce(TestPipelines.LARGE, "Tile", "{\"Tile\": 2}", "drawings/2026.txt", "blue", 2))
                .isBetween(1, 2);
    }

    /// @param caps of Maps, as the file of environments has them
    /// @param known what the Map Run says of itself
    /// @return how many invocations of a task's function were under way together at most
    private static int atOnce(Pipeline pipeline, String task, String caps, String key, String upload, int known)
            throws InterruptedException {
        var compiled = Compiler.compile(pipeline);
        var environment = Environments.parse(
                        "caps", "{\"local\": {\"endpoint\": \"embedded\", \"concurrency\": {\"maps\": " + caps + "}}}")
                .named("local");
        assertThat(environment.unknownMaps(List.of(compiled))).isEmpty();
        try (var deployed = new DeployedPipeline(pipeline)) {
            var account = deployed.aws().account();
            new Deployment(
                            deployed.endpoint(),
                            LaptopFunctions.JVM.of(deployed.aws(), compiled, ProjectFolder.packages()),
                            new EnvironmentNames(
                                    account.id(),
                                    account.region(),
                                    LocalCloud.STATE_BUCKET,
                                    Map.of(),
                                    SourceRevision.UNKNOWN,
                                    Map.of(),
                                    environment.concurrency(),
                                    CheckDemand.NONE))
                    .put(compiled);
            var busy = new Busy("baton-" + pipeline.name() + "-" + task);
            deployed.aws().lambda().observe(busy);
            var execution = deployed.upload(key, upload).getFirst().get("execution");
            var ended = deployed.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            var states = deployed.endpoint().states();
            assertThat(states.listMapRuns(request -> request.executionArn(String.valueOf(execution)))
                            .mapRuns())
                    .singleElement()
                    .satisfies(run -> assertThat(states.describeMapRun(request -> request.mapRunArn(run.mapRunArn()))
                                    .maxConcurrency())
                            .isEqualTo(known));
            return busy.most.get();
        }
    }

    /// Counts how many invocations of a function are under way.
    private static final class Busy implements InvocationObserver {
        private final String function;
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Busy(String function) {
            this.function = function;
        }

        @Override
        public void started(Invocation invocation) {
            if (invocation.function().equals(function)) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
            }
        }

        @Override
        public void finished(Invocation invocation, InvocationResult result) {
            if (invocation.function().equals(function)) {
                now.decrementAndGet();
            }
        }
    }
}
