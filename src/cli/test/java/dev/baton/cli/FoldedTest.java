package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Mosaic;
import dev.baton.cli.pipelines.Mosaic.Polished;
import dev.baton.cli.pipelines.Mosaic.Tile;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.CompilerOptions;
import dev.baton.run.CompletionRecord;
import dev.baton.run.PinnedObject;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Many tasks of one class as one Map, deployed and over the wire.
class FoldedTest {

    @BeforeEach
    @AfterEach
    void begin() {
        Mosaic.LAID.clear();
        Mosaic.BREAKING.clear();
    }

    /// What a record says of its task, whichever run made it.
    private record Kept(
            String task,
            Map<String, String> parameters,
            String fingerprint,
            String output,
            String identity,
            List<String> inputs,
            String role) {
        static Kept of(CompletionRecord record) {
            return new Kept(
                    record.task(),
                    record.parameters(),
                    record.fingerprint(),
                    record.output().uri(),
                    record.output().identity(),
                    record.inputs().stream().map(PinnedObject::identity).toList(),
                    record.roleSession().split("/")[1]);
        }
    }

    private static List<Kept> kept(Pipeline pipeline, CompilerOptions options, String map) throws InterruptedException {
        Mosaic.LAID.clear();
        try (var mosaic = new DeployedPipeline(pipeline, options)) {
            var execution =
                    mosaic.upload("drawings/2026.txt", "blue").getFirst().get("execution");
            var ended = mosaic.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(mosaic.history(execution, "MapStateEntered")).hasSize(map.isEmpty() ? 0 : 1);
            assertThat(mosaic.history(execution, "MapRunStarted")).hasSize(map.equals("distributed") ? 1 : 0);
            assertThat(Mosaic.LAID).doesNotHaveDuplicates();
            return mosaic.records().stream().map(Kept::of).toList();
        }
    }

    @Test
    void a_few_folded_tasks_leave_the_records_that_they_leave_side_by_side() throws InterruptedException {
        assertThat(kept(TestPipelines.SMALL, CompilerOptions.DEFAULT, "inline"))
                .hasSize(13)
                .containsExactlyInAnyOrderElementsOf(kept(TestPipelines.SMALL, CompilerOptions.DEFAULT.unfolded(), ""));
    }

    @Test
    void more_than_forty_folded_tasks_do_so_as_executions_of_their_own() throws InterruptedException {
        assertThat(kept(TestPipelines.LARGE, CompilerOptions.DEFAULT, "distributed"))
                .hasSize(89)
                .containsExactlyInAnyOrderElementsOf(kept(TestPipelines.LARGE, CompilerOptions.DEFAULT.unfolded(), ""));
    }

    @Test
    void what_failed_in_a_map_runs_again_when_the_execution_is_redriven_and_nothing_else() throws InterruptedException {
        for (var pipeline : List.of(TestPipelines.SMALL, TestPipelines.LARGE)) {
            begin();
            try (var mosaic = new DeployedPipeline(pipeline)) {
                Mosaic.BREAKING.add(3);
                var execution =
                        mosaic.upload("drawings/2026.txt", "blue").getFirst().get("execution");
                var failed = mosaic.ended(execution);
                assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
                assertThat(failed.error())
                        .isEqualTo(
                                pipeline == TestPipelines.SMALL
                                        ? "dev.baton.task.DataInvalid"
                                        : "States.ExceedToleratedFailureThreshold");
                assertThat(Mosaic.LAID).doesNotContain(new Tile(2026, 3));

                // What was under way when the Map gave up may run twice; what was complete stays so.
                var complete = complete(mosaic);
                Mosaic.LAID.clear();
                Mosaic.BREAKING.clear();
                mosaic.endpoint().states().redriveExecution(r -> r.executionArn(String.valueOf(execution)));
                var ended = mosaic.ended(execution);
                assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(Mosaic.LAID).contains(new Tile(2026, 3));
                assertThat(complete).noneMatch(Mosaic.LAID::contains);
                assertThat(mosaic.records()).hasSize(pipeline == TestPipelines.SMALL ? 13 : 89);
            }
        }
    }

    private static List<Task> complete(DeployedPipeline mosaic) {
        return mosaic.records().stream()
                .map(record -> {
                    var year = Integer.parseInt(record.parameters().get("year"));
                    var number = Integer.parseInt(record.parameters().get("number"));
                    return record.task().endsWith("$Tile") ? new Tile(year, number) : new Polished(year, number);
                })
                .map(Task.class::cast)
                .toList();
    }
}
