package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Mosaic;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.run.CompletionRecord;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// A pipeline that is too large for one state machine, with awaits between its parts, deployed and over the wire.
class ChildMachinesTest {
    private static final CompilerOptions SMALL_MACHINES =
            CompilerOptions.DEFAULT.unfolded().within(MachineLimits.DEFAULT.forTasks(4));

    @BeforeEach
    @AfterEach
    void begin() {
        Mosaic.LAID.clear();
        Mosaic.BREAKING.clear();
    }

    @Test
    void the_parts_of_a_pipeline_share_its_run_its_pins_and_what_is_done() throws InterruptedException {
        try (var floor = new DeployedPipeline(TestPipelines.FLOOR, SMALL_MACHINES)) {
            var execution = floor.upload("drawings/2026.txt", "t").getFirst().get("execution");
            var ended = floor.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(floor.read("floor/2026.txt")).isEqualTo("t0 t1 t1 t2 t2 t3 t3 t4 t4 t5 t5 t6 t6 t7");
            assertThat(Mosaic.LAID).hasSize(15).doesNotHaveDuplicates();
            assertThat(children(floor)).hasSizeGreaterThan(2).allMatch(c -> c.status() == ExecutionStatus.SUCCEEDED);
            assertThat(floor.records())
                    .hasSize(16)
                    .extracting(CompletionRecord::run)
                    .containsOnly(floor.records().getFirst().run());
            assertThat(floor.records())
                    .extracting(CompletionRecord::execution)
                    .as("most tasks ran in children")
                    .filteredOn(made -> made.contains(":baton-floor-part-"))
                    .hasSize(15);
        }
    }

    @Test
    void a_failure_in_a_part_is_carried_up_no_part_is_left_running_and_a_redrive_does_the_rest()
            throws InterruptedException {
        try (var floor = new DeployedPipeline(TestPipelines.FLOOR, SMALL_MACHINES)) {
            Mosaic.BREAKING.add(5);
            var execution = floor.upload("drawings/2026.txt", "t").getFirst().get("execution");
            var failed = floor.ended(execution);
            assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(failed.error()).isEqualTo("States.TaskFailed");
            assertThat(failed.cause())
                    .contains("\"Error\":\"dev.baton.task.DataInvalid\"", "tile 5 broke", ":baton-floor-part-");
            for (var child : children(floor)) {
                floor.ended(child.executionArn());
            }
            assertThat(children(floor))
                    .extracting(child -> child.status())
                    .contains(ExecutionStatus.FAILED)
                    .doesNotContain(ExecutionStatus.RUNNING);

            var complete = floor.records().size();
            var laid = List.copyOf(Mosaic.LAID);
            Mosaic.BREAKING.clear();
            floor.endpoint().states().redriveExecution(r -> r.executionArn(String.valueOf(execution)));
            var ended = floor.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Mosaic.LAID)
                    .as("what was complete stayed so")
                    .hasSizeLessThanOrEqualTo(15 + laid.size() - complete);
            assertThat(floor.records()).hasSize(16);
            assertThat(floor.read("floor/2026.txt")).endsWith("t6 t7");
        }
    }

    private static List<ExecutionListItem> children(DeployedPipeline pipeline) {
        var states = pipeline.endpoint().states();
        return states.listStateMachines().stateMachines().stream()
                .filter(machine -> machine.name().contains("-part-"))
                .flatMap(machine ->
                        states.listExecutions(r -> r.stateMachineArn(machine.stateMachineArn())).executions().stream())
                .toList();
    }
}
