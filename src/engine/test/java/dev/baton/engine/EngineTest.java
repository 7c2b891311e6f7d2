package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final String TASK = "\"Resource\":\"arn:aws:lambda:us-east-1:111111111111:function:f\"";

    @Test
    void an_execution_tells_its_whole_history() {
        var machine = Machines.jsonPath("\"A\":{\"Type\":\"Pass\",\"Result\":1,\"ResultPath\":\"$.a\",\"End\":true}");
        var execution = Machines.withoutTasks().run(machine, "{\"b\":2}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.output()).isEqualTo(Json.parse("{\"b\":2,\"a\":1}"));
        assertThat(Machines.told(execution))
                .containsExactly(
                        "{\"timestamp\":1.7672256E9,\"type\":\"ExecutionStarted\",\"id\":1,\"previousEventId\":0,"
                                + "\"executionStartedEventDetails\":{\"input\":\"{\\\"b\\\":2}\","
                                + "\"inputDetails\":{\"truncated\":false}}}",
                        "{\"timestamp\":1.7672256E9,\"type\":\"PassStateEntered\",\"id\":2,\"previousEventId\":0,"
                                + "\"stateEnteredEventDetails\":{\"name\":\"A\",\"input\":\"{\\\"b\\\":2}\","
                                + "\"inputDetails\":{\"truncated\":false}}}",
                        "{\"timestamp\":1.7672256E9,\"type\":\"PassStateExited\",\"id\":3,\"previousEventId\":2,"
                                + "\"stateExitedEventDetails\":{\"name\":\"A\",\"output\":\"{\\\"b\\\":2,\\\"a\\\":1}\","
                                + "\"outputDetails\":{\"truncated\":false}}}",
                        "{\"timestamp\":1.7672256E9,\"type\":\"ExecutionSucceeded\",\"id\":4,\"previousEventId\":3,"
                                + "\"executionSucceededEventDetails\":{\"output\":\"{\\\"b\\\":2,\\\"a\\\":1}\","
                                + "\"outputDetails\":{\"truncated\":false}}}");
    }

    @Test
    void a_day_of_waiting_takes_no_time() {
        var machines = Machines.withoutTasks();
        var execution =
                machines.run(Machines.jsonPath("\"W\":{\"Type\":\"Wait\",\"Seconds\":86400,\"End\":true}"), "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(Duration.between(execution.startDate(), execution.stopDate()))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void a_branch_that_fails_aborts_its_siblings() {
        var machines = Machines.with((invocation, completion) -> {});
        var execution = machines.run(
                Machines.jsonPath(
                        "\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                                + "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\"," + TASK
                                + ",\"End\":true}}},"
                                + "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}}}]}"),
                "{}");

        assertThat(execution.error()).isEqualTo("E");
        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "FailStateEntered",
                        "TaskStateAborted",
                        "ParallelStateFailed",
                        "ExecutionFailed");
    }

    @Test
    void stopping_cancels_what_is_under_way() {
        var cancelled = new boolean[1];
        var machines = Machines.with((invocation, completion) -> completion.onCancel(() -> cancelled[0] = true));
        var execution = machines.run(Machines.jsonPath("\"T\":{\"Type\":\"Task\"," + TASK + ",\"End\":true}"), "{}");
        machines.engine.stop(execution.arn(), "Enough", "somebody said so");
        machines.time.run();

        assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(execution.error()).isEqualTo("Enough");
        assertThat(cancelled[0]).isTrue();
        assertThat(types(execution)).endsWith("TaskStateAborted", "ExecutionAborted");
    }

    @Test
    void a_machine_that_takes_too_long_times_out() {
        var machine = Machines.machine("{\"StartAt\":\"W\",\"TimeoutSeconds\":5,\"States\":{"
                + "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(types(execution)).endsWith("WaitStateAborted", "ExecutionTimedOut");
    }

    @Test
    void an_endless_loop_ends_at_the_limit_of_events() {
        var machine = Machines.jsonPath("\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},"
                + "\"B\":{\"Type\":\"Choice\",\"Default\":\"A\",\"Choices\":["
                + "{\"Variable\":\"$.never\",\"IsPresent\":true,\"Next\":\"End\"}]},\"End\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.history()).hasSize(25_000);
        assertThat(execution.history().getLast().id()).isEqualTo(25_000);
    }

    @Test
    void a_template_shows_null_where_an_array_has_no_such_place() {
        var machine = Machines.jsonPath("\"P\":{\"Type\":\"Pass\",\"End\":true,\"Parameters\":{"
                + "\"behind.$\":\"$.a[7]\",\"before.$\":\"$.a[-1]\",\"last.$\":\"$.a[(@.length-1)]\"}}");

        assertThat(Machines.withoutTasks().run(machine, "{\"a\":[1,2]}").output())
                .isEqualTo(Json.parse("{\"behind\":null,\"before\":null,\"last\":2}"));
        assertThat(Machines.withoutTasks().run(machine, "{\"a\":{}}").cause())
                .endsWith("The JSONPath '$.a[7]' specified for the field 'behind.$' could not be found in the input"
                        + " '{\"a\":{}}'");
    }

    @Test
    void a_catcher_that_fails_itself_fails_the_state_once_more() {
        var machine = Machines.jsonata("\"P\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"B\",\"States\":{"
                + "\"B\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}],\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],"
                + "\"Output\":{\"v\":\"{% $states.input.missing %}\"},\"Next\":\"Z\"}],\"End\":true},"
                + "\"Z\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "FailStateEntered",
                        "ParallelStateFailed",
                        "EvaluationFailed",
                        "ParallelStateFailed",
                        "ExecutionFailed");
        assertThat(followed(execution)).containsExactly(0, 0, 2, 3, 4, 4, 6, 7);
        assertThat(Machines.told(execution).get(5)).contains("\"location\":\"Catch[0]/Output/v\"");
    }

    @Test
    void what_is_told_of_an_abort_is_followed_by_nothing() {
        var machine = Machines.jsonPath("\"P\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"B\",\"States\":{"
                + "\"B\":{\"Type\":\"Task\"," + TASK + ",\"End\":true}}}],\"End\":true}");
        var execution = Machines.with((invocation, completion) -> completion.failure("E", null))
                .run(machine, "{}");

        assertThat(types(execution).subList(6, 10))
                .containsExactly("LambdaFunctionFailed", "TaskStateAborted", "ParallelStateFailed", "ExecutionFailed");
        assertThat(followed(execution).subList(6, 10)).containsExactly(6, 7, 7, 9);
    }

    private static List<Integer> followed(Execution execution) {
        return execution.history().stream().map(HistoryEvent::previousEventId).toList();
    }
}
