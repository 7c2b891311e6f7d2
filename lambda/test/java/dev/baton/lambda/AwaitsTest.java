package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Weighed;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.simulated.SimulatedAws.Invocation;
import dev.baton.lambda.simulated.Wires;
import dev.baton.task.InvalidInput;
import dev.baton.task.run.AwaitInvocation;
import dev.baton.task.run.CallbackEvent;
import dev.baton.task.run.PinnedObject;
import dev.baton.task.run.RunReference;
import dev.baton.task.run.StateKeys;
import dev.baton.task.run.TaskInvocation;
import dev.baton.task.run.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// States that wait for other branches: the await and the callback function, request by request.
class AwaitsTest {
    private static final Instant STARTED = Instant.parse("2026-11-22T05:00:00Z");
    private static final RunReference RUN = run("this");
    private static final String YIELD = "arn:aws:lambda:eu-central-1:123456789012:function:baton-farm-Yield:1";
    private static final Map<String, Object> NOTHING = Map.of("released", 0L);
    private static final Map<String, Object> ONE = Map.of("released", 1L);

    private final Farm farm = new Farm();
    private final String north = farm.node("Weighed NORTH").id();
    private final String south = farm.node("Weighed SOUTH").id();
    private final String yield = farm.graph.root().id();

    private static RunReference run(String name) {
        return new RunReference("farm", RunReference.id(name, STARTED), STARTED, Map.of("year", "2012"));
    }

    private static String doneKey(RunReference run, String node) {
        return StateKeys.done("farm", run.run(), Weighed.class, node, run.parameters());
    }

    private void complete(RunReference run, String node) {
        put(doneKey(run, node), node, "s3://lake/weighed/x.txt");
    }

    private void completeYield() {
        put(StateKeys.done("farm", RUN.run(), Yield.class, yield, RUN.parameters()), yield, "s3://lake/yield/2012.txt");
    }

    private void put(String key, String node, String uri) {
        var result = TaskResult.ran(node, new PinnedObject(uri, "v", null, 1));
        farm.aws.objects().put(Farm.STATE, key, Json.print(result.toJson()));
    }

    /// A state that only waits is entered.
    private void waits(RunReference run, String token, Wires wires, String... nodes) {
        var event = new AwaitInvocation("Await for others", List.of(nodes), token, run, Optional.empty());
        farm.call("await", event.toJson(), wires);
        deliver();
    }

    private void waits(String token, String... nodes) {
        farm.aws.states().waits(token);
        waits(RUN, token, farm.wires(), nodes);
    }

    /// The state of the yield is entered, which waits for both fields.
    private void enters(String token, Wires wires) {
        farm.aws.states().waits(token);
        var event = new TaskInvocation(yield, RUN, "arn:execution", 0).toJson();
        var begin = new AwaitInvocation.Begin(YIELD, event);
        farm.call(
                "await",
                new AwaitInvocation(yield, List.of(north, south), token, RUN, Optional.of(begin)).toJson(),
                wires);
    }

    private void enters(String token) {
        enters(token, farm.wires());
    }

    private Map<String, Object> nudge(RunReference run, Wires wires) {
        return farm.call("callback", new CallbackEvent.Nudge("farm", run.run()).toJson(), wires);
    }

    private Map<String, Object> nudge() {
        return nudge(RUN, farm.wires());
    }

    /// Delivers what was sent to the callback function; the invocations of tasks stay.
    private void deliver() {
        var others = new ArrayList<Invocation>();
        for (var next = farm.aws.invocations().poll(); next != null; next = farm.aws.invocations().poll()) {
            if (next.function().endsWith("callback")) {
                farm.call("callback", Json.parseObject(next.payload()));
            } else {
                others.add(next);
            }
        }
        farm.aws.invocations().addAll(others);
    }

    /// The tasks that were begun, and not ended by the test.
    private List<Invocation> begun() {
        return farm.aws.invocations().stream()
                .filter(invocation -> invocation.function().equals(YIELD))
                .toList();
    }

    /// What Lambda tells the callback function of an invocation.
    private static Map<String, Object> record(Invocation invocation, String condition, Object response) {
        var record = new LinkedHashMap<String, Object>();
        record.put("version", "1.0");
        record.put("requestContext", Map.of("functionArn", invocation.function(), "condition", condition));
        record.put("requestPayload", Json.parseObject(invocation.payload()));
        if (response != null) {
            record.put("responsePayload", response);
        }
        return record;
    }

    private Map<String, Object> ends(Invocation invocation, String condition, Object response) {
        return farm.call("callback", record(invocation, condition, response));
    }

    private Map<String, Object> succeeds(Invocation invocation) {
        return ends(invocation, "Success", Map.of("node", yield, "outcome", "RAN"));
    }

    private Map<String, Object> fails(Invocation invocation, String error) {
        return ends(
                invocation, "RetriesExhausted", Map.of("errorType", error, "errorMessage", "of no use", "stackTrace", List.of()));
    }

    private List<String> released() {
        return farm.aws.states().released();
    }

    private String answer(String token) {
        return farm.aws.states().answer(token);
    }

    private List<String> awaits() {
        return farm.aws.objects().keys(Farm.STATE, StateKeys.awaits("farm", RUN.run()));
    }

    @Test
    void what_is_done_before_a_state_waits_releases_it_at_once() {
        complete(RUN, north);
        complete(RUN, south);
        waits("token", north, south);

        assertThat(released()).containsExactly("token");
        assertThat(awaits()).isEmpty();
    }

    @Test
    void what_is_done_before_a_task_waits_begins_it_at_once() {
        complete(RUN, north);
        complete(RUN, south);
        enters("token");

        assertThat(begun()).hasSize(1);
        var event = Json.parseObject(begun().getFirst().payload());
        assertThat(TaskInvocation.parse(Json.bytes(event)))
                .isEqualTo(new TaskInvocation(yield, RUN, "arn:execution", 0));
        assertThat(event).containsEntry("await", Map.of("awaiter", yield, "token", "token"));
    }

    @Test
    void what_is_done_afterwards_releases_it_when_all_of_it_is() {
        waits("token", north, south);
        complete(RUN, north);
        assertThat(nudge()).isEqualTo(NOTHING);
        complete(RUN, south);
        assertThat(nudge()).isEqualTo(ONE);
        assertThat(released()).containsExactly("token");
    }

    @Test
    void a_task_begins_when_all_is_done_and_its_result_is_that_of_its_state() {
        enters("token");
        complete(RUN, north);
        assertThat(nudge()).isEqualTo(NOTHING);
        assertThat(begun()).isEmpty();
        complete(RUN, south);
        assertThat(nudge()).isEqualTo(ONE);
        assertThat(released()).isEmpty();

        assertThat(succeeds(begun().getFirst())).isEqualTo(ONE);
        assertThat(Json.parseObject(answer("token"))).containsEntry("outcome", "RAN");
        assertThat(awaits()).isEmpty();
    }

    @Test
    void a_task_that_fails_fails_its_state_with_the_error_that_retriers_know() {
        for (var error : List.of("dev.baton.task.DataInvalid", "Sandbox.Timedout", "java.lang.OutOfMemoryError")) {
            var other = new AwaitsTest();
            other.complete(RUN, other.north);
            other.complete(RUN, other.south);
            other.enters("token");
            assertThat(other.fails(other.begun().getFirst(), error)).isEqualTo(ONE);
            assertThat(other.answer("token")).isEqualTo(error);
        }
    }

    @Test
    void what_lambda_says_without_an_error_type_is_what_step_functions_calls_unknown_or_too_many() {
        complete(RUN, north);
        complete(RUN, south);
        enters("crashed");
        ends(
                begun().getFirst(),
                "RetriesExhausted",
                Map.of("errorMessage", "RequestId: 1 Process exited before completing request"));
        assertThat(answer("crashed")).isEqualTo("Lambda.Unknown");

        enters("throttled");
        ends(begun().getLast(), "EventAgeExceeded", null);
        assertThat(answer("throttled")).isEqualTo("Lambda.TooManyRequestsException");
    }

    @Test
    void after_a_failure_the_retry_begins_the_task_anew() {
        complete(RUN, north);
        complete(RUN, south);
        enters("token");
        fails(begun().getFirst(), "java.io.IOException");
        enters("token again");

        assertThat(begun()).hasSize(2);
        succeeds(begun().getLast());
        assertThat(released()).containsExactly("token", "token again");
    }

    @Test
    void the_same_news_of_a_failure_twice_does_not_end_the_retry() {
        complete(RUN, north);
        complete(RUN, south);
        enters("token");
        fails(begun().getFirst(), "java.io.IOException");
        enters("token again");

        assertThat(fails(begun().getFirst(), "java.io.IOException")).isEqualTo(NOTHING);
        assertThat(released()).containsExactly("token");
    }

    @Test
    void a_task_that_runs_when_its_state_times_out_goes_on_and_answers_the_new_token() {
        for (var succeeds : List.of(true, false)) {
            var other = new AwaitsTest();
            other.complete(RUN, other.north);
            other.complete(RUN, other.south);
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
    void a_result_that_got_lost_is_made_good_by_the_next_look_at_its_done_object() {
        enters("token");
        complete(RUN, north);
        complete(RUN, south);
        nudge();
        assertThat(begun()).hasSize(1);
        completeYield();

        assertThat(nudge()).isEqualTo(ONE);
        assertThat(Json.parseObject(answer("token"))).containsEntry("outcome", "RAN").containsKey("output");
        assertThat(awaits()).isEmpty();
    }

    @Test
    void a_state_whose_task_is_complete_already_is_answered_without_running_it() {
        complete(RUN, north);
        complete(RUN, south);
        completeYield();
        enters("token");
        deliver();

        assertThat(begun()).isEmpty();
        assertThat(released()).containsExactly("token");
    }

    @Test
    void a_failure_that_got_lost_is_made_good_when_the_task_can_run_no_longer() {
        complete(RUN, north);
        complete(RUN, south);
        enters("token");
        farm.aws.states().forget("token");
        farm.aws.passes(Duration.ofHours(1));
        enters("token again");

        assertThat(begun()).hasSize(2);
    }

    @Test
    void whoever_dies_before_a_task_is_begun_is_stood_in_for_after_a_while() {
        enters("token");
        complete(RUN, north);
        complete(RUN, south);
        // Two listings, what was begun, and then the invocation.
        for (var request = 1; begun().isEmpty(); request++) {
            try {
                nudge(RUN, farm.wires().dyingAt(request, false));
            } catch (Wires.Killed e) {
                // Lambda tries again.
            }
            farm.aws.passes(Duration.ofMinutes(1));
        }
        assertThat(begun()).hasSize(1);
    }

    @Test
    void what_is_done_in_the_same_instant_releases_it_whichever_request_comes_first() {
        for (var request = 1; request < 10; request++) {
            var other = new AwaitsTest();
            other.farm.aws.states().waits("token");
            // The completion and its nudge happen as a whole before the registration's n-th request.
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.complete(RUN, other.north);
                other.nudge();
            });
            other.waits(RUN, "token", wires, other.north);
            if (wires.sent() < request) {
                other.complete(RUN, other.north);
                other.nudge();
            }
            assertThat(other.released()).as("done before request %s", request).containsExactly("token");
        }
    }

    @Test
    void what_is_done_in_the_same_instant_begins_a_task_once_whichever_request_comes_first() {
        for (var request = 1; request < 12; request++) {
            var other = new AwaitsTest();
            other.complete(RUN, other.south);
            var wires = other.farm.wires().pausingAt(request, () -> {
                other.complete(RUN, other.north);
                other.nudge();
            });
            other.enters("token", wires);
            if (wires.sent() < request) {
                other.complete(RUN, other.north);
                other.nudge();
            }
            assertThat(other.begun()).as("done before request %s", request).hasSize(1);
        }
    }

    @Test
    void two_nudges_in_the_same_instant_begin_a_task_once() {
        for (var request = 1; request < 12; request++) {
            var other = new AwaitsTest();
            other.enters("token");
            other.complete(RUN, other.north);
            other.complete(RUN, other.south);
            other.nudge(RUN, other.farm.wires().pausingAt(request, other::nudge));
            assertThat(other.begun()).as("the other nudge before request %s", request).hasSize(1);
        }
    }

    @Test
    void a_registration_in_the_same_instant_as_the_nudge_is_released_whichever_request_comes_first() {
        for (var request = 1; request < 8; request++) {
            var other = new AwaitsTest();
            other.farm.aws.states().waits("token");
            other.complete(RUN, other.north);
            var wires = other.farm.wires().pausingAt(
                    request, () -> other.waits(RUN, "token", other.farm.wires(), other.north));
            other.nudge(RUN, wires);
            if (wires.sent() < request) {
                other.waits(RUN, "token", other.farm.wires(), other.north);
            }
            assertThat(other.released()).as("registered before request %s", request).containsExactly("token");
        }
    }

    @Test
    void nudges_that_come_twice_release_once() {
        waits("token", north);
        complete(RUN, north);
        nudge();

        assertThat(nudge()).isEqualTo(NOTHING);
        assertThat(released()).containsExactly("token");
    }

    @Test
    void the_event_of_the_done_object_stands_in_for_a_lost_nudge() {
        waits("token", north);
        complete(RUN, north);

        assertThat(farm.call("callback", Farm.created(Farm.STATE, doneKey(RUN, north)))).isEqualTo(ONE);
    }

    @Test
    void a_retry_with_a_new_token_heals_a_wake_up_that_was_lost_altogether() {
        waits("token", north);
        complete(RUN, north);
        farm.aws.states().forget("token");
        waits("token again", north);

        assertThat(released()).containsExactly("token again");
    }

    @Test
    void a_function_that_remembers_the_old_token_releases_the_new_one() {
        waits("token", north, south);
        complete(RUN, north);
        nudge();
        farm.aws.states().forget("token");
        waits("token again", north, south);
        complete(RUN, south);
        nudge();

        assertThat(released()).containsExactly("token again");
    }

    @Test
    void a_completion_of_an_earlier_run_releases_nothing() {
        complete(run("earlier"), north);
        nudge(run("earlier"), farm.wires());
        waits("token", north);
        nudge(run("earlier"), farm.wires());
        nudge();

        assertThat(released()).isEmpty();
    }

    @Test
    void the_token_of_an_execution_that_is_over_counts_as_released() {
        waits("token", north);
        farm.aws.states().forget("token");
        complete(RUN, north);

        assertThat(nudge()).isEqualTo(NOTHING);
        assertThat(awaits()).isEmpty();
    }

    @Test
    void nothing_is_begun_for_an_execution_that_is_over() {
        enters("token");
        farm.aws.states().forget("token");
        complete(RUN, north);
        complete(RUN, south);

        assertThat(nudge()).isEqualTo(NOTHING);
        assertThat(begun()).isEmpty();
        assertThat(awaits()).isEmpty();
    }

    @Test
    void one_state_of_many_is_released_without_the_others() {
        farm.aws.states().waits("both");
        farm.aws.states().waits("one");
        farm.call("await", new AwaitInvocation("both", List.of(north, south), "both", RUN, Optional.empty()).toJson());
        farm.call("await", new AwaitInvocation("one", List.of(south), "one", RUN, Optional.empty()).toJson());
        complete(RUN, south);
        nudge();

        assertThat(released()).containsExactly("one");
    }

    @Test
    void killed_anywhere_and_told_again_they_release_every_state_exactly_once() {
        for (var seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var other = new AwaitsTest();
            other.farm.aws.states().waits("token");
            var calls = new ArrayList<Call>();
            calls.add(wires -> other.waits(RUN, "token", wires, other.north, other.south));
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
            var other = new AwaitsTest();
            var calls = new ArrayList<Call>();
            calls.add(wires -> other.enters("token", wires));
            shuffleIn(random, other, calls);
            for (var call : calls) {
                other.killed(random, call);
            }
            assertThat(other.begun()).as("seed %s", seed).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            if (random.nextBoolean()) {
                other.completeYield();
            }
            for (var invocation : other.begun()) {
                var told = record(invocation, "Success", Map.of("node", other.yield));
                other.killed(random, wires -> other.farm.call("callback", told, wires));
            }
            assertThat(other.released()).as("seed %s", seed).containsExactly("token");
            assertThat(other.awaits()).as("seed %s", seed).isEmpty();
        }
    }

    private static void shuffleIn(Random random, AwaitsTest other, List<Call> calls) {
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
    }

    /// A call whose function dies somewhere and is tried again a minute later, as Lambda and Step Functions do.
    private void killed(Random random, Call call) {
        try {
            call.over(farm.wires().dyingAt(1 + random.nextInt(8), random.nextBoolean()));
        } catch (Wires.Killed e) {
            farm.aws.passes(Duration.ofMinutes(1));
            call.over(farm.wires());
        }
    }

    @Test
    void what_they_do_not_know_they_refuse() {
        assertThatThrownBy(() -> farm.call("callback", Map.of("release", "everything")))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> waits("token", "No Such Node"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("No Such Node");
        assertThatThrownBy(() -> farm.call("callback", new CallbackEvent.Nudge("other", "run").toJson()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("farm");
        assertThat(farm.call("callback", Farm.created(Farm.STATE, "runs/farm/x/pin.json")))
                .isEqualTo(NOTHING);
    }

    @Test
    void only_the_await_function_makes_awaits() {
        var registers = new AwaitInvocation("mine", List.of(north), "token", RUN, Optional.empty());
        assertThatThrownBy(() -> farm.call("callback", registers.toJson())).isInstanceOf(InvalidInput.class);
        assertThat(awaits()).isEmpty();
    }

    private interface Call {
        void over(Wires wires);
    }
}
