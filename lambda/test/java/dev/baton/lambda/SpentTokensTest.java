package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tokens that no state waits with any more: the state timed out and waits anew, or its execution is over.
class SpentTokensTest {
    private static final Map<String, Object> NOTHING = Map.of("released", 0L);

    private final Season season = new Season();

    @Test
    void a_task_that_runs_when_its_state_times_out_goes_on_and_answers_the_new_token() {
        for (var succeeds : List.of(true, false)) {
            var other = new Season();
            other.complete(other.north);
            other.complete(other.south);
            other.enters("token");
            other.farm.aws.states().forget("token");
            other.enters("token again");
            other.nudge();

            assertThat(other.begun()).hasSize(1);
            if (succeeds) {
                other.succeeds(other.begun().getFirst());
            } else {
                other.fails(other.begun().getFirst(), "java.io.IOException");
            }
            assertThat(other.released()).containsExactly("token again");
        }
    }

    @Test
    void a_failure_that_got_lost_is_made_good_when_the_task_can_run_no_longer() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("token");
        season.farm.aws.states().forget("token");
        season.farm.aws.passes(Duration.ofHours(1));
        season.enters("token again");

        assertThat(season.begun()).hasSize(2);
    }

    @Test
    void a_run_that_failed_is_an_attempt_and_a_wait_that_timed_out_is_none() {
        season.enters("token");
        for (var wait = 0; wait < 3; wait++) {
            season.farm.aws.states().forget("token");
            season.enters("token");
        }
        season.complete(season.north);
        season.complete(season.south);
        season.nudge();
        assertThat(season.attempts()).containsExactly(0L);

        // It runs on when its state times out, and then fails.
        season.farm.aws.states().forget("token");
        season.enters("token again");
        season.fails(season.begun().getFirst(), "java.io.IOException");
        season.enters("third token");
        assertThat(season.attempts()).containsExactly(0L, 1L);

        // The news of its failure gets lost.
        season.farm.aws.states().forget("third token");
        season.farm.aws.passes(Duration.ofHours(1));
        season.enters("last token");
        assertThat(season.attempts()).containsExactly(0L, 1L, 2L);
        season.succeeds(season.begun().getLast());
        assertThat(season.released()).containsExactly("token again", "last token");
        assertThat(season.awaits()).isEmpty();
    }

    @Test
    void a_state_whose_task_failed_is_left_to_try_again_whatever_is_told_meanwhile() {
        season.complete(season.north);
        season.complete(season.south);
        season.enters("token");
        season.fails(season.begun().getFirst(), "java.io.IOException");

        assertThat(season.nudge()).isEqualTo(NOTHING);
        assertThat(season.begun()).hasSize(1);
        season.enters("token again");
        assertThat(season.attempts()).containsExactly(0L, 1L);
    }

    @Test
    void a_retry_with_a_new_token_heals_a_wake_up_that_was_lost_altogether() {
        season.waits("token", season.north);
        season.complete(season.north);
        season.farm.aws.states().forget("token");
        season.waits("token again", season.north);

        assertThat(season.released()).containsExactly("token again");
    }

    @Test
    void a_function_that_remembers_the_old_token_releases_the_new_one() {
        season.waits("token", season.north, season.south);
        season.complete(season.north);
        season.nudge();
        season.farm.aws.states().forget("token");
        season.waits("token again", season.north, season.south);
        season.complete(season.south);
        season.nudge();

        assertThat(season.released()).containsExactly("token again");
    }

    @Test
    void the_token_of_an_execution_that_is_over_counts_as_released() {
        season.waits("token", season.north);
        season.farm.aws.states().forget("token");
        season.complete(season.north);

        assertThat(season.nudge()).isEqualTo(NOTHING);
        assertThat(season.awaits()).isEmpty();
    }

    @Test
    void nothing_is_begun_for_an_execution_that_is_over() {
        season.enters("token");
        season.farm.aws.states().forget("token");
        season.complete(season.north);
        season.complete(season.south);

        assertThat(season.nudge()).isEqualTo(NOTHING);
        assertThat(season.begun()).isEmpty();
        assertThat(season.awaits()).isEmpty();
    }
}
