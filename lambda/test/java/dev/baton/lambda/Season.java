package dev.baton.lambda;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Weighed;
import dev.baton.lambda.farm.Yield;
import dev.baton.lambda.simulated.SimulatedAws.Invocation;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.AwaitInvocation;
import dev.baton.run.CallbackEvent;
import dev.baton.run.PinnedObject;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run whose yield waits for the weights of two fields: what its functions are called with, and what they do in S3,
/// to states and to Lambda.
final class Season {
    private static final Instant STARTED = Instant.parse("2026-11-22T05:00:00Z");
    static final RunReference RUN = run("this");
    private static final String YIELD = "arn:aws:lambda:eu-central-1:123456789012:function:baton-farm-Yield:1";

    final Farm farm = new Farm();
    final String north = farm.node("Weighed NORTH").id();
    final String south = farm.node("Weighed SOUTH").id();
    final String yield = farm.graph.root().id();

    static RunReference run(String name) {
        return new RunReference("farm", RunReference.id(name, STARTED), STARTED, Map.of("year", "2012"));
    }

    static String doneKey(RunReference run, String node) {
        return StateKeys.done("farm", run.run(), Weighed.class, node, run.parameters());
    }

    void complete(RunReference run, String node) {
        put(doneKey(run, node), node, "s3://lake/weighed/x.txt");
    }

    void complete(String node) {
        complete(RUN, node);
    }

    void completeYield() {
        put(StateKeys.done("farm", RUN.run(), Yield.class, yield, RUN.parameters()), yield, "s3://lake/yield/2012.txt");
    }

    void put(String key, String node, String uri) {
        var result = TaskResult.ran(node, new PinnedObject(uri, "v", null, 1), "");
        farm.aws.objects().put(Farm.STATE, key, Json.print(result.toJson()));
    }

    /// A state that only waits is entered.
    void waits(RunReference run, String token, Wires wires, String... nodes) {
        var event = new AwaitInvocation("Await for others", List.of(nodes), token, run, Optional.empty());
        farm.call("await", event.toJson(), wires);
        deliver();
    }

    void waits(String token, String... nodes) {
        farm.aws.states().waits(token);
        waits(RUN, token, farm.wires(), nodes);
    }

    /// The state of the yield is entered, which waits for both fields.
    void enters(String token, Wires wires) {
        farm.aws.states().waits(token);
        var event = new TaskInvocation(yield, RUN, "arn:execution", 0).toJson();
        var begin = new AwaitInvocation.Begin(YIELD, event);
        farm.call(
                "await",
                new AwaitInvocation(yield, List.of(north, south), token, RUN, Optional.of(begin)).toJson(),
                wires);
    }

    void enters(String token) {
        enters(token, farm.wires());
    }

    Map<String, Object> nudge(RunReference run, Wires wires) {
        return farm.call("callback", new CallbackEvent.Nudge("farm", run.run()).toJson(), wires);
    }

    Map<String, Object> nudge(Wires wires) {
        return nudge(RUN, wires);
    }

    Map<String, Object> nudge() {
        return nudge(farm.wires());
    }

    /// Delivers what was sent to the callback function; the invocations of tasks stay.
    void deliver() {
        var others = new ArrayList<Invocation>();
        for (var next = farm.aws.invocations().poll();
                next != null;
                next = farm.aws.invocations().poll()) {
            if (next.function().endsWith("callback")) {
                farm.call("callback", Json.parseObject(next.payload()));
            } else {
                others.add(next);
            }
        }
        farm.aws.invocations().addAll(others);
    }

    /// The tasks that were begun, and not ended by the test.
    List<Invocation> begun() {
        return farm.aws.invocations().stream()
                .filter(invocation -> invocation.function().equals(YIELD))
                .toList();
    }

    /// Which attempts they were told to be.
    List<Object> attempts() {
        return begun().stream()
                .map(invocation -> Json.parseObject(invocation.payload()).get("attempt"))
                .toList();
    }

    /// What Lambda tells the callback function of an invocation.
    static Map<String, Object> record(Invocation invocation, String condition, Object response) {
        var record = new LinkedHashMap<String, Object>();
        record.put("version", "1.0");
        record.put("requestContext", Map.of("functionArn", invocation.function(), "condition", condition));
        record.put("requestPayload", Json.parseObject(invocation.payload()));
        if (response != null) {
            record.put("responsePayload", response);
        }
        return record;
    }

    Map<String, Object> ends(Invocation invocation, String condition, Object response) {
        return farm.call("callback", record(invocation, condition, response));
    }

    Map<String, Object> succeeds(Invocation invocation) {
        return ends(invocation, "Success", Map.of("node", yield, "outcome", "RAN"));
    }

    Map<String, Object> fails(Invocation invocation, String error) {
        return ends(
                invocation,
                "RetriesExhausted",
                Map.of("errorType", error, "errorMessage", "of no use", "stackTrace", List.of()));
    }

    List<String> released() {
        return farm.aws.states().released();
    }

    String answer(String token) {
        return farm.aws.states().answer(token);
    }

    List<String> awaits() {
        return farm.aws.objects().keys(Farm.STATE, StateKeys.awaits("farm", RUN.run()));
    }
}
