package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.lambda.simulated.Wires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The await and the callback function die somewhere, and are called again.
class KilledAwaitsTest {
    private final Season season = new Season();

    @Test
    void whoever_dies_before_a_task_is_begun_is_stood_in_for_after_a_while() {
        season.enters("token");
        season.complete(season.north);
        season.complete(season.south);
        // Two listings, what was begun, and then the invocation.
        for (var request = 1; season.begun().isEmpty(); request++) {
            try {
                season.nudge(season.farm.wires().dyingAt(request, false));
            } catch (Wires.Killed e) {
                // Lambda tries again.
            }
            season.farm.aws.passes(Duration.ofMinutes(1));
        }
        assertThat(season.begun()).hasSize(1);
    }

    @Test
    void killed_anywhere_and_told_again_they_release_every_state_exactly_once() {
        for (var seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var other = new Season();
            other.farm.aws.states().waits("token");
            var calls = new ArrayList<Call>();
            calls.add(wires -> other.waits(Season.RUN, "token", wires, other.north, other.south));
            shuffleIn(random, other, calls);
            for (var call : calls) {
                try {
                    call.over(other.farm.wires().dyingAt(1 + random.nextInt(8), random.nextBoolean()));
                } catch (Wires.Killed e) {
                    call.over(other.farm.wires());
                }
            }
            assertThat(other.released()).as("seed %s", seed).containsExactly("token");
        }
    }

    @Test
    void killed_anywhere_and_told_again_they_begin_every_task_and_bring_its_result_exactly_once() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var other = new Season();
            var calls = new ArrayList<Call>();
            calls.add(wires -> other.enters("token", wires));
            shuffleIn(random, other, calls);
            for (var call : calls) {
                killed(random, other, call);
            }
            assertThat(other.begun()).as("seed %s", seed).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            if (random.nextBoolean()) {
                other.completeYield();
            }
            for (var invocation : other.begun()) {
                var told = Season.record(invocation, "Success", Map.of("node", other.yield));
                killed(random, other, wires -> other.farm.call("callback", told, wires));
            }
            assertThat(other.released()).as("seed %s", seed).containsExactly("token");
            assertThat(other.awaits()).as("seed %s", seed).isEmpty();
        }
    }

    @Test
    void killed_anywhere_while_a_failure_is_told_the_state_fails_once_and_its_retry_is_the_next_attempt() {
        for (var seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var other = new Season();
            other.complete(other.north);
            other.complete(other.south);
            other.enters("token");
            var told = Season.record(
                    other.begun().getFirst(), "RetriesExhausted", Map.of("errorType", "java.io.IOException"));
            killed(random, other, wires -> other.farm.call("callback", told, wires));
            killed(random, other, other::nudge);
            assertThat(other.released()).as("seed %s", seed).containsExactly("token");
            killed(random, other, wires -> other.enters("token again", wires));
            assertThat(other.attempts().getFirst()).isEqualTo(0L);
            assertThat(other.attempts().subList(1, other.attempts().size()))
                    .as("seed %s", seed)
                    .hasSizeBetween(1, 2)
                    .containsOnly(1L);
        }
    }

    private static void shuffleIn(Random random, Season other, List<Call> calls) {
        for (var node : List.of(other.north, other.south)) {
            calls.add(wires -> {
                other.complete(node);
                other.nudge(wires);
            });
            for (var again = random.nextInt(3); again > 0; again--) {
                calls.add(wires -> other.nudge(wires));
            }
        }
        Collections.shuffle(calls, random);
    }

    /// A call whose function dies somewhere and is tried again a minute later, as Lambda and Step Functions do.
    private static void killed(Random random, Season other, Call call) {
        try {
            call.over(other.farm.wires().dyingAt(1 + random.nextInt(8), random.nextBoolean()));
        } catch (Wires.Killed e) {
            other.farm.aws.passes(Duration.ofMinutes(1));
            call.over(other.farm.wires());
        }
    }

    private interface Call {
        void over(Wires wires);
    }
}
