package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Weighed;
import dev.baton.lambda.simulated.Wires;
import dev.baton.task.InvalidInput;
import dev.baton.task.run.CallbackEvent;
import dev.baton.task.run.PinnedObject;
import dev.baton.task.run.RunReference;
import dev.baton.task.run.StateKeys;
import dev.baton.task.run.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallbackFunctionTest {
    private static final Instant STARTED = Instant.parse("2026-11-22T05:00:00Z");
    private static final RunReference RUN = run("this");

    private final Farm farm = new Farm();
    private final String north = farm.node("Weighed NORTH").id();
    private final String south = farm.node("Weighed SOUTH").id();

    private static RunReference run(String name) {
        return new RunReference("farm", RunReference.id(name, STARTED), STARTED, Map.of("year", "2012"));
    }

    private static String doneKey(RunReference run, String node) {
        return StateKeys.done("farm", run.run(), Weighed.class, node, run.parameters());
    }

    private void complete(RunReference run, String node) {
        var result = TaskResult.ran(node, new PinnedObject("s3://lake/weighed/x.txt", "v", null, 1));
        farm.aws.objects().put(Farm.STATE, doneKey(run, node), Json.print(result.toJson()));
    }

    private Map<String, Object> register(RunReference run, String token, Wires wires, String... nodes) {
        var event = new CallbackEvent.Register("Await for Yield", List.of(nodes), token, run);
        return farm.call("callback", event.toJson(), wires);
    }

    private Map<String, Object> register(String token, String... nodes) {
        farm.aws.states().waits(token);
        return register(RUN, token, farm.wires(), nodes);
    }

    private Map<String, Object> nudge(RunReference run, Wires wires) {
        return farm.call("callback", new CallbackEvent.Nudge("farm", run.run()).toJson(), wires);
    }

    private List<String> released() {
        return farm.aws.states().released();
    }

    @Test
    void what_is_done_before_a_join_waits_releases_it_at_once() {
        complete(RUN, north);
        complete(RUN, south);

        assertThat(register("token", north, south)).isEqualTo(Map.of("released", 1L));
        assertThat(released()).containsExactly("token");
    }

    @Test
    void what_is_done_afterwards_releases_it_when_all_of_it_is() {
        register("token", north, south);
        complete(RUN, north);
        assertThat(nudge(RUN, farm.wires())).isEqualTo(Map.of("released", 0L));
        complete(RUN, south);
        assertThat(nudge(RUN, farm.wires())).isEqualTo(Map.of("released", 1L));
        assertThat(released()).containsExactly("token");
    }

    @Test
    void what_is_done_in_the_same_instant_releases_it_whichever_request_comes_first() {
        for (var request = 1; request < 8; request++) {
            var other = new CallbackFunctionTest();
            other.farm.aws.states().waits("token");
            // The completion and its nudge happen as a whole before the registration's n-th request.
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.complete(RUN, other.north);
                other.nudge(RUN, other.farm.wires());
            });
            other.register(RUN, "token", wires, other.north);
            if (wires.sent() < request) {
                other.complete(RUN, other.north);
                other.nudge(RUN, other.farm.wires());
            }
            assertThat(other.released()).as("done before request %s", request).containsExactly("token");
        }
    }

    @Test
    void a_registration_in_the_same_instant_as_the_nudge_is_released_whichever_request_comes_first() {
        for (var request = 1; request < 8; request++) {
            var other = new CallbackFunctionTest();
            other.farm.aws.states().waits("token");
            other.complete(RUN, other.north);
            var wires = other.farm.wires().pausingAt(
                    request, () -> other.register(RUN, "token", other.farm.wires(), other.north));
            other.nudge(RUN, wires);
            if (wires.sent() < request) {
                other.register(RUN, "token", other.farm.wires(), other.north);
            }
            assertThat(other.released()).as("registered before request %s", request).containsExactly("token");
        }
    }

    @Test
    void nudges_that_come_twice_release_once() {
        register("token", north);
        complete(RUN, north);
        nudge(RUN, farm.wires());

        assertThat(nudge(RUN, farm.wires())).isEqualTo(Map.of("released", 0L));
        assertThat(released()).containsExactly("token");
    }

    @Test
    void the_event_of_the_done_object_stands_in_for_a_lost_nudge() {
        register("token", north);
        complete(RUN, north);

        assertThat(farm.call("callback", Farm.created(Farm.STATE, doneKey(RUN, north))))
                .isEqualTo(Map.of("released", 1L));
    }

    @Test
    void a_retry_with_a_new_token_heals_a_wake_up_that_was_lost_altogether() {
        register("token", north);
        complete(RUN, north);
        farm.aws.states().forget("token");

        assertThat(register("token again", north)).isEqualTo(Map.of("released", 1L));
        assertThat(released()).containsExactly("token again");
    }

    @Test
    void a_function_that_remembers_the_old_token_releases_the_new_one() {
        register("token", north, south);
        complete(RUN, north);
        nudge(RUN, farm.wires());
        farm.aws.states().forget("token");
        register("token again", north, south);
        complete(RUN, south);
        nudge(RUN, farm.wires());

        assertThat(released()).containsExactly("token again");
    }

    @Test
    void a_completion_of_an_earlier_run_releases_nothing() {
        complete(run("earlier"), north);
        nudge(run("earlier"), farm.wires());

        assertThat(register("token", north)).isEqualTo(Map.of("released", 0L));
        nudge(run("earlier"), farm.wires());
        nudge(RUN, farm.wires());
        assertThat(released()).isEmpty();
    }

    @Test
    void the_token_of_an_execution_that_is_over_counts_as_released() {
        register("token", north);
        farm.aws.states().forget("token");
        complete(RUN, north);

        assertThat(nudge(RUN, farm.wires())).isEqualTo(Map.of("released", 0L));
    }

    @Test
    void one_join_of_many_is_released_without_the_others() {
        farm.aws.states().waits("both");
        farm.aws.states().waits("one");
        farm.call("callback", new CallbackEvent.Register("both", List.of(north, south), "both", RUN).toJson());
        farm.call("callback", new CallbackEvent.Register("one", List.of(south), "one", RUN).toJson());
        complete(RUN, south);
        nudge(RUN, farm.wires());

        assertThat(released()).containsExactly("one");
    }

    @Test
    void killed_anywhere_and_told_again_it_releases_every_join_exactly_once() {
        for (var seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var other = new CallbackFunctionTest();
            other.farm.aws.states().waits("token");
            var calls = new ArrayList<Call>();
            calls.add(wires -> other.register(RUN, "token", wires, other.north, other.south));
            for (var node : List.of(other.north, other.south)) {
                calls.add(wires -> {
                    other.complete(RUN, node);
                    other.nudge(RUN, wires);
                });
                for (var again = random.nextInt(3); again > 0; again--) {
                    calls.add(wires -> other.nudge(RUN, wires));
                }
            }
            Collections.shuffle(calls, random);
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
    void what_it_does_not_know_it_refuses() {
        assertThatThrownBy(() -> farm.call("callback", Map.of("release", "everything")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> register("token", "No Such Node"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("No Such Node");
        assertThatThrownBy(() -> farm.call("callback", new CallbackEvent.Nudge("other", "run").toJson()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("farm");
        assertThat(farm.call("callback", Farm.created(Farm.STATE, "runs/farm/x/pin.json")))
                .isEqualTo(Map.of("released", 0L));
    }

    private interface Call {
        void over(Wires wires);
    }
}
