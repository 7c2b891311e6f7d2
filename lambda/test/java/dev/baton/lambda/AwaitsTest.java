package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.run.AwaitInvocation;
import dev.baton.run.CallbackEvent;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// States that wait for other branches: they register, and what they wait for releases them.
class AwaitsTest {
    private static final Map<String, Object> NOTHING = Map.of("released", 0L);
    private static final Map<String, Object> ONE = Map.of("released", 1L);

    private final Season season = new Season();

    @Test
    void what_is_done_before_a_state_waits_releases_it_at_once() {
        season.complete(season.north);
        season.complete(season.south);
        season.waits("token", season.north, season.south);

        assertThat(season.released()).containsExactly("token");
        assertThat(season.awaits()).isEmpty();
    }

    @Test
    void what_is_done_afterwards_releases_it_when_all_of_it_is() {
        season.waits("token", season.north, season.south);
        season.complete(season.north);
        assertThat(season.nudge()).isEqualTo(NOTHING);
        season.complete(season.south);
        assertThat(season.nudge()).isEqualTo(ONE);
        assertThat(season.released()).containsExactly("token");
    }

    @Test
    void nudges_that_come_twice_release_once() {
        season.waits("token", season.north);
        season.complete(season.north);
        season.nudge();

        assertThat(season.nudge()).isEqualTo(NOTHING);
        assertThat(season.released()).containsExactly("token");
    }

    @Test
    void the_event_of_the_done_object_stands_in_for_a_lost_nudge() {
        season.waits("token", season.north);
        season.complete(season.north);

        assertThat(season.farm.call("callback", Farm.created(Farm.STATE, Season.doneKey(Season.RUN, season.north))))
                .isEqualTo(ONE);
    }

    @Test
    void a_completion_of_an_earlier_run_releases_nothing() {
        season.complete(Season.run("earlier"), season.north);
        season.nudge(Season.run("earlier"), season.farm.wires());
        season.waits("token", season.north);
        season.nudge(Season.run("earlier"), season.farm.wires());
        season.nudge();

        assertThat(season.released()).isEmpty();
    }

    @Test
    void one_state_of_many_is_released_without_the_others() {
        season.farm.aws.states().waits("both");
        season.farm.aws.states().waits("one");
        season.farm.call(
                "await",
                new AwaitInvocation("both", List.of(season.north, season.south), "both", Season.RUN, Optional.empty())
                        .toJson());
        season.farm.call(
                "await",
                new AwaitInvocation("one", List.of(season.south), "one", Season.RUN, Optional.empty()).toJson());
        season.complete(season.south);
        season.nudge();

        assertThat(season.released()).containsExactly("one");
    }

    @Test
    void what_they_do_not_know_they_refuse() {
        assertThatThrownBy(() -> season.farm.call("callback", Map.of("release", "everything")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> season.waits("token", "No Such Node"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("No Such Node");
        assertThatThrownBy(() -> season.farm.call("callback", new CallbackEvent.Nudge("other", "run").toJson()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("farm");
        assertThat(season.farm.call("callback", Farm.created(Farm.STATE, "runs/farm/x/pin.json")))
                .isEqualTo(NOTHING);
    }

    @Test
    void only_the_await_function_makes_awaits() {
        var registers = new AwaitInvocation("mine", List.of(season.north), "token", Season.RUN, Optional.empty());
        assertThatThrownBy(() -> season.farm.call("callback", registers.toJson()))
                .isInstanceOf(InvalidInput.class);
        assertThat(season.awaits()).isEmpty();
    }
}
