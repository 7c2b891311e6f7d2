package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The await and the callback function at the same time, in every order of their requests.
class InterleavedAwaitsTest {
    @Test
    void what_is_done_in_the_same_instant_releases_it_whichever_request_comes_first() {
        for (var request = 1; request < 10; request++) {
            var other = new Season();
            other.farm.aws.states().waits("token");
            // The completion and its nudge happen as a whole before the registration's n-th request.
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.complete(other.north);
                other.nudge();
            });
            other.waits(Season.RUN, "token", wires, other.north);
            if (wires.sent() < request) {
                other.complete(other.north);
                other.nudge();
            }
            assertThat(other.released()).as("done before request %s", request).containsExactly("token");
        }
    }

    @Test
    void what_is_done_in_the_same_instant_begins_a_task_once_whichever_request_comes_first() {
        for (var request = 1; request < 12; request++) {
            var other = new Season();
            other.complete(other.south);
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.complete(other.north);
                other.nudge();
            });
            other.enters("token", wires);
            if (wires.sent() < request) {
                other.complete(other.north);
                other.nudge();
            }
            assertThat(other.begun()).as("done before request %s", request).hasSize(1);
        }
    }

    @Test
    void two_nudges_in_the_same_instant_begin_a_task_once() {
        for (var request = 1; request < 12; request++) {
            var other = new Season();
            other.enters("token");
            other.complete(other.north);
            other.complete(other.south);
            other.nudge(other.farm.wires().pausingAt(request, other::nudge));
            assertThat(other.begun()).as("the other nudge before request %s", request).hasSize(1);
        }
    }

    @Test
    void a_registration_in_the_same_instant_as_the_nudge_is_released_whichever_request_comes_first() {
        for (var request = 1; request < 8; request++) {
            var other = new Season();
            other.farm.aws.states().waits("token");
            other.complete(other.north);
            var wires = other.farm.wires().pausingAt(
                    request, () -> other.waits(Season.RUN, "token", other.farm.wires(), other.north));
            other.nudge(wires);
            if (wires.sent() < request) {
                other.waits(Season.RUN, "token", other.farm.wires(), other.north);
            }
            assertThat(other.released()).as("registered before request %s", request).containsExactly("token");
        }
    }
}
