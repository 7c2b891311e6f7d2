package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.run.TaskInvocation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tasks that begin when other branches have come so far, and how what becomes of them gets to their states.
class BegunTasksTest {
    private static final Map<String, Object> NOTHING = Map.of("released", 0L);
    private static final Map<String, Object> ONE = Map.of("released", 1L);

    private final Season season = new Season();

    @Test
    void what_is_done_before_a_task_waits_begins_it_at_once() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("token");

        assertThat(season.begun()).hasSize(1);
        var event = Json.parseObject(season.begun().getFirst().payload());
        assertThat(TaskInvocation.parse(Json.bytes(event)))
                .isEqualTo(new TaskInvocation(season.yield, Season.RUN, "arn:execution", 0));
        assertThat(event).containsEntry("await", Map.of("awaiter", season.yield, "token", "token"));
    }

    @Test
    void a_task_begins_when_all_is_done_and_its_result_is_that_of_its_state() {
        season.enters("token");
        season.complete(season.north);
        assertThat(season.nudge()).isEqualTo(NOTHING);
        assertThat(season.begun()).isEmpty();
        season.complete(season.south);
        assertThat(season.nudge()).isEqualTo(ONE);
        assertThat(season.released()).isEmpty();

        assertThat(season.succeeds(season.begun().getFirst())).isEqualTo(ONE);
        assertThat(Json.parseObject(season.answer("token"))).containsEntry("outcome", "RAN");
        assertThat(season.awaits()).isEmpty();
    }

    @Test
    void a_task_that_fails_fails_its_state_with_the_error_that_retriers_know() {
        for (var error : List.of("dev.baton.task.DataInvalid", "Sandbox.Timedout", "java.lang.OutOfMemoryError")) {
            var other = new Season();
            other.complete(other.north);
            other.complete(other.south);
            other.enters("token");
            assertThat(other.fails(other.begun().getFirst(), error)).isEqualTo(ONE);
            assertThat(other.answer("token")).isEqualTo(error);
        }
    }

    @Test
    void what_lambda_says_without_an_error_type_is_what_step_functions_calls_unknown_or_too_many() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("crashed");
        season.ends(
                season.begun().getFirst(),
                "RetriesExhausted",
                Map.of("errorMessage", "RequestId: 1 Process exited before completing request"));
        assertThat(season.answer("crashed")).isEqualTo("Lambda.Unknown");

        season.enters("throttled");
        season.ends(season.begun().getLast(), "EventAgeExceeded", null);
        assertThat(season.answer("throttled")).isEqualTo("Lambda.TooManyRequestsException");
    }

    @Test
    void after_a_failure_the_retry_begins_the_task_anew() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("token");
        season.fails(season.begun().getFirst(), "java.io.IOException");
        season.enters("token again");

        assertThat(season.begun()).hasSize(2);
        season.succeeds(season.begun().getLast());
        assertThat(season.released()).containsExactly("token", "token again");
    }

    @Test
    void the_same_news_of_a_failure_twice_does_not_end_the_retry() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("token");
        season.fails(season.begun().getFirst(), "java.io.IOException");
        season.enters("token again");

        assertThat(season.fails(season.begun().getFirst(), "java.io.IOException"))
                .isEqualTo(NOTHING);
        assertThat(season.released()).containsExactly("token");
    }

    @Test
    void a_result_that_got_lost_is_made_good_by_the_next_look_at_its_done_object() {
        season.enters("token");
        season.complete(season.north);
        season.complete(season.south);
        season.nudge();
        assertThat(season.begun()).hasSize(1);
        season.completeYield();

        assertThat(season.nudge()).isEqualTo(ONE);
        assertThat(Json.parseObject(season.answer("token")))
                .containsEntry("outcome", "RAN")
                .containsKey("output");
        assertThat(season.awaits()).isEmpty();
    }

    @Test
    void a_state_whose_task_is_complete_already_is_answered_without_running_it() {
        season.complete(season.north);
        season.complete(season.south);
        season.completeYield();
        season.enters("token");
        season.deliver();

        assertThat(season.begun()).isEmpty();
        assertThat(season.released()).containsExactly("token");
    }
}
