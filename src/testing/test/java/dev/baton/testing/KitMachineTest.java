package dev.baton.testing;

import static dev.baton.testing.Answer.computed;
import static dev.baton.testing.Answer.fail;
import static dev.baton.testing.Answer.never;
import static dev.baton.testing.Answer.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.history.EventType;
import dev.baton.json.JsonException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KitMachineTest {
    private static final String CALL = "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\"";
    private static final MockedMachine ONE = machine("\"T\":{" + CALL + ",\"End\":true}");

    private static MockedMachine machine(String states) {
        var name = states.substring(1, states.indexOf('"', 1));
        return MockedMachine.of("{\"StartAt\":\"" + name + "\",\"States\":{" + states + "}}");
    }

    private static String map(String mode) {
        return "\"M\":{\"Type\":\"Map\",\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":" + mode
                + "},\"StartAt\":\"T\",\"States\":{\"T\":{" + CALL
                + ",\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":1}],\"End\":true}}},\"End\":true}";
    }

    @Test
    void an_unmocked_task_fails_the_test_with_the_state_its_resource_and_the_mocks_that_exist() {
        var machine = machine("\"T\":{" + CALL + ",\"Next\":\"U\"},\"U\":{" + CALL + ",\"End\":true}");

        assertThatThrownBy(() -> machine.task("T").answers(succeed("1")).run("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        attempt 0 of U has no mock; the state calls arn:aws:states:::sqs:sendMessage.
                        Mocks that there are:
                          T, attempt 0
                        Mend: .task("U").answers(…), or .always(…)""");
        assertThatThrownBy(() -> machine.run("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("attempt 0 of T has no mock")
                .hasMessageContaining("Mocks that there are: none");
    }

    @Test
    void a_catch_of_the_machine_does_not_hide_an_unmocked_task() {
        var machine = machine("\"T\":{" + CALL + ",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],"
                + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],\"End\":true},"
                + "\"C\":{\"Type\":\"Succeed\"}");

        assertThatThrownBy(() -> machine.task("T").answers(fail("E"), fail("E")).run("{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("attempt 2 of T has no mock");
    }

    @Test
    void a_task_state_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> ONE.task("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no Task state is called t. Task states here: T");
        assertThatThrownBy(
                        () -> machine("\"P\":{\"Type\":\"Pass\",\"End\":true}").task("P"))
                .hasMessage("no Task state is called P. Task states here: none");
    }

    @Test
    void tasks_in_branches_and_iterations_can_be_mocked() {
        var machine = machine("\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
                + "{\"StartAt\":\"A\",\"States\":{\"A\":{" + CALL + ",\"End\":true}}},"
                + "{\"StartAt\":\"M\",\"States\":{" + map("\"INLINE\"") + "}}]}");

        machine.task("A")
                .always(succeed("\"a\""))
                .task("T")
                .always(succeed("0"))
                .task("T")
                .iteration(1)
                .always(succeed("1"))
                .run("[7,8,9]")
                .hasOutput("[\"a\",[0,1,0]]");
    }

    @Test
    void every_iteration_counts_its_own_attempts() {
        for (var mode : List.of("\"INLINE\"", "\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"")) {
            machine(map(mode))
                    .task("T")
                    .answers(fail("E"), succeed("\"second\""))
                    .task("T")
                    .iteration(1)
                    .answers(succeed("\"at once\""))
                    .run("[7,8,9]")
                    .hasSucceeded()
                    .hasOutput("[\"second\",\"at once\",\"second\"]")
                    .hasAttempts("T", 5)
                    .lasted(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_state_that_is_entered_again_counts_on() {
        var machine = machine("\"T\":{" + CALL + ",\"Next\":\"C\"},"
                + "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"Next\":\"T\"},"
                + "\"C\":{\"Type\":\"Choice\",\"Choices\":["
                + "{\"Variable\":\"$\",\"StringEquals\":\"DONE\",\"Next\":\"S\"}],"
                + "\"Default\":\"W\"},\"S\":{\"Type\":\"Succeed\"}");

        machine.task("T")
                .attempts(0, 2, succeed("\"RUNNING\""))
                .task("T")
                .attempt(3, succeed("\"DONE\""))
                .run("{}")
                .hasSucceeded()
                .hasAttempts("T", 4)
                .lasted(Duration.ofMinutes(3));
    }

    @Test
    void later_words_count_and_no_machine_is_changed_by_them() {
        var base = ONE.task("T").always(succeed("1"));

        base.task("T").attempt(0, succeed("2")).run("{}").hasOutput("2");
        base.task("T").answers(succeed("3")).run("{}").hasOutput("3");
        base.run("{}").hasOutput("1");
    }

    @Test
    void what_a_computed_answer_throws_fails_the_test() {
        var broken = ONE.task("T").always(computed(request -> {
            throw new IllegalStateException("a bug of the test");
        }));
        var refuted = ONE.task("T").always(computed(request -> {
            assertThat(request.parameters()).isEqualTo("x");
            return never();
        }));

        assertThatThrownBy(() -> broken.run("{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug of the test");
        assertThatThrownBy(() -> refuted.run("{}")).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_task_that_never_completes_leaves_the_execution_running() {
        ONE.task("T").always(never()).run("{}").isRunning().lasted(Duration.ZERO);
    }

    @Test
    void an_answer_may_come_too_late() {
        var machine = machine("\"T\":{" + CALL + ",\"TimeoutSeconds\":5,\"End\":true}");

        machine.task("T")
                .always(succeed("1").after(Duration.ofSeconds(4)))
                .run("{}")
                .hasOutput("1");
        machine.task("T")
                .always(succeed("1").after(Duration.ofSeconds(6)))
                .run("{}")
                .hasError("States.Timeout")
                .lasted(Duration.ofSeconds(5));
    }

    @Test
    void the_history_tells_of_the_submission_of_what_waits_for_a_token_and_of_the_worker_of_an_activity() {
        machine("\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\","
                        + "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$$.Task.Token\"},\"End\":true}")
                .task("T")
                .always(succeed("1"))
                .run("{}")
                .hasRequest("T", 0, "{\"QueueUrl\":\"q\",\"MessageBody\":\"" + token() + "\"}")
                .hasEvents(
                        EventType.ExecutionStarted,
                        EventType.TaskStateEntered,
                        EventType.TaskScheduled,
                        EventType.TaskStarted,
                        EventType.TaskSubmitted,
                        EventType.TaskSucceeded,
                        EventType.TaskStateExited,
                        EventType.ExecutionSucceeded);
        var activity = machine("\"T\":{\"Type\":\"Task\",\"End\":true,"
                + "\"Resource\":\"arn:aws:states:us-east-1:000000000000:activity:work\"}");
        assertThat(activity.task("T").always(succeed("1")).run("{}").events())
                .containsSubsequence(
                        EventType.ActivityScheduled, EventType.ActivityStarted, EventType.ActivitySucceeded);
    }

    /// The beginning of tokens is the engine's business.
    private static String token() {
        var machine = machine("\"T\":{\"Type\":\"Task\","
                + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"End\":true}");
        return machine.task("T")
                .always(succeed("1"))
                .run("{}")
                .invocations("T")
                .getFirst()
                .taskToken();
    }

    @Test
    void the_same_input_has_the_same_history() {
        var machine = machine("\"P\":{\"Type\":\"Pass\",\"Parameters\":{\"at.$\":\"$$.Execution.StartTime\","
                + "\"id.$\":\"States.UUID()\"},\"End\":true}");

        assertThat(machine.run("{}").output())
                .isEqualTo(machine.run("{}").output())
                .contains("2026-01-01T00:00:00");
        assertThat(machine.startingAt(Instant.parse("2024-02-29T12:00:00Z"))
                        .run("{}")
                        .output())
                .contains("2024-02-29T12:00:00");
    }

    @Test
    void an_express_execution_times_out_after_five_minutes() {
        var definition = "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":301,\"End\":true}}}";

        MockedMachine.of("wait", definition, ExecutionType.EXPRESS)
                .run("{}")
                .hasTimedOut()
                .lasted(Duration.ofMinutes(5));
    }

    @Test
    void what_cannot_be_read_is_refused() {
        assertThatThrownBy(() -> MockedMachine.of("{\"StartAt\":\"A\",\"States\":{\"B\":{\"Type\":\"Pass\"}}}"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("A")
                .hasMessageContaining("B");
        assertThatThrownBy(() -> MockedMachine.of(Path.of("none.asl.json"))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ONE.run("{")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> succeed("{")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> succeed("1").after(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ONE.task("T").attempts(2, 1, never())).isInstanceOf(IllegalArgumentException.class);
    }
}
