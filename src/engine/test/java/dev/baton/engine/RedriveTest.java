package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.task.TaskCompletion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedriveTest {
    private static final String TASK = "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\"";

    private final Set<Object> broken = new HashSet<>();
    private final List<Object> done = new ArrayList<>();
    private final Machines machines = Machines.with((invocation, completion) -> {
        if (broken.contains(invocation.parameters())) {
            completion.failure("Broken", "it is");
        } else {
            done.add(invocation.parameters());
            completion.success(invocation.parameters());
        }
    });

    private Execution mended(Execution execution) {
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        broken.clear();
        machines.engine.redrive(execution.arn());
        machines.time.run();
        return execution;
    }

    @Test
    void the_failed_task_runs_again_and_nothing_before_it() {
        broken.add("b");
        var execution = mended(machines.run(
                Machines.jsonPath("\"A\":{" + TASK + ",\"Parameters\":\"a\",\"Next\":\"B\"}," + "\"B\":{" + TASK
                        + ",\"Parameters\":\"b\",\"End\":true}"),
                "{}"));

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.redriveCount()).isEqualTo(1);
        assertThat(execution.error()).isNull();
        assertThat(done).containsExactly("a", "b");
        assertThat(types(execution))
                .endsWith(
                        "ExecutionFailed",
                        "ExecutionRedriven",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void branches_that_succeeded_keep_their_outputs() {
        broken.add("b");
        var execution = mended(machines.run(
                Machines.jsonPath("\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                        + "{\"StartAt\":\"A\",\"States\":{\"A\":{" + TASK + ",\"Parameters\":\"a\",\"End\":true}}},"
                        + "{\"StartAt\":\"B\",\"States\":{\"B\":{" + TASK + ",\"Parameters\":\"b\",\"End\":true}}}]}"),
                "{}"));

        assertThat(execution.output()).isEqualTo(List.of("a", "b"));
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void iterations_that_succeeded_keep_their_outputs() {
        broken.add(2L);
        var execution = mended(machines.run(
                Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"End\":true,\"ItemProcessor\":{"
                        + "\"StartAt\":\"T\",\"States\":{\"T\":{" + TASK + ",\"End\":true}}}}"),
                "[1,2,3]"));

        assertThat(execution.output()).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(done).containsExactly(1L, 2L, 3L);
    }

    @Test
    void children_of_a_map_run_that_succeeded_keep_their_outputs() {
        broken.add(2L);
        var execution = mended(machines.run(
                Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"End\":true,\"ItemProcessor\":{"
                        + "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                        + "\"StartAt\":\"T\",\"States\":{\"T\":{" + TASK + ",\"End\":true}}}}"),
                "[1,2,3]"));

        assertThat(execution.output()).isEqualTo(List.of(1L, 2L, 3L));
        assertThat(done).containsExactly(1L, 2L, 3L);
        assertThat(types(execution)).contains("MapRunRedriven");
        assertThat(machines.engine.mapRuns(execution.arn()).getFirst().redriveCount())
                .isEqualTo(1);
    }

    @Test
    void retries_are_counted_anew() {
        broken.add("a");
        var execution = machines.run(
                Machines.jsonPath(
                        "\"A\":{" + TASK + ",\"Parameters\":\"a\",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],"
                                + "\"MaxAttempts\":1}],\"End\":true}"),
                "{}");
        machines.engine.redrive(execution.arn());
        machines.time.run();

        assertThat(types(execution).stream().filter("TaskFailed"::equals)).hasSize(4);
    }

    @Test
    void what_succeeded_or_runs_is_not_redriven() {
        var succeeded = machines.run(Machines.jsonPath("\"A\":{" + TASK + ",\"Parameters\":\"a\",\"End\":true}"), "{}");
        var waiting = machines.start(Machines.jsonPath("\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}"), "{}");
        machines.time.settle();

        assertThatThrownBy(() -> machines.engine.redrive(succeeded.arn())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> machines.engine.redrive(waiting.arn())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_context_object_tells_of_the_redrive() {
        broken.add("b");
        var execution = mended(machines.run(
                Machines.jsonPath(
                        "\"A\":{" + TASK + ",\"Parameters\":\"b\","
                                + "\"ResultSelector\":{\"n.$\":\"$$.Execution.RedriveCount\"},\"Next\":\"C\"},"
                                + "\"C\":{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$.n\","
                                + "\"again.$\":\"$$.Execution.RedriveCount\",\"at.$\":\"$$.Execution.RedriveTime\"},\"End\":true}"),
                "{}"));

        assertThat(execution.output()).hasToString("{a=1, again=1, at=2026-01-01T00:00:00.000Z}");
    }

    @Test
    void children_of_a_map_run_that_were_stopped_run_again() {
        var open = new ArrayList<TaskCompletion>();
        var parallel = Machines.with((invocation, completion) -> {
            if (open.size() < 2) {
                open.add(completion);
            } else {
                completion.success(invocation.parameters());
            }
        });
        var execution = parallel.start(
                Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"End\":true,\"ItemProcessor\":{"
                        + "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"EXPRESS\"},"
                        + "\"StartAt\":\"T\",\"States\":{\"T\":{" + TASK + ",\"End\":true}}}}"),
                "[1,2,3]");
        parallel.time.settle();
        open.getFirst().failure("Broken", null);
        parallel.time.settle();
        parallel.engine.redrive(execution.arn());
        parallel.time.run();

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.output()).isEqualTo(List.of(1L, 2L, 3L));
    }

    /// The redrive fails while it begins, since all children have succeeded and only their results cannot be shaped.
    @Test
    void a_map_run_whose_results_cannot_be_written_fails_again() {
        var execution = machines.run(
                Machines.jsonata("\"M\":{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{"
                        + "\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},"
                        + "\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}},"
                        + "\"ResultWriter\":{\"WriterConfig\":{\"OutputType\":\"JSON\","
                        + "\"Transformation\":\"{% $error('no') %}\"}}}"),
                "[1]");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);

        machines.engine.redrive(execution.arn());
        machines.time.run();

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(types(execution)).filteredOn("MapRunFailed"::equals).hasSize(2);
    }
}
