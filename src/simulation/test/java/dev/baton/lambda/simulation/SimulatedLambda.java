package dev.baton.lambda.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.compiler.pipeline.CompiledFunction.Kind;
import dev.baton.json.Json;
import dev.baton.lambda.simulation.Deployable.Function;
import dev.baton.lambda.simulation.LiveInvocation.Ending;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lambda: synchronous invocations, which are answered or lost, and asynchronous ones, which arrive once, twice, late
/// or never, are tried again, and whose end is told to destinations.
final class SimulatedLambda {
    private static final long[] RETRIES = {60_000, 120_000};

    private final World world;
    private final Map<Function, Deque<RequestStreamHandler>> idle = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    SimulatedLambda(World world) {
        this.world = world;
    }

    /// An invocation whose answer somebody waits for.
    ///
    /// @return what says that nobody does any more
    Runnable invoke(String arn, Map<String, @Nullable Object> payload, Consumer<Ending> answered) {
        var function = world.function(arn);
        var label = label(function, payload);
        var fault = world.faults().ofInvocation(label);
        if (fault != null && !fault.runs()) {
            world.timeline().after(10, () -> answered.accept(new Ending(fault.error(), Map.of())));
            return () -> {};
        }
        if (fault == null) {
            var invocation = run(function, label, payload, answered);
            return () -> world.ledger().failed(invocation, null);
        }
        var lost = run(function, label, payload, ending -> {});
        world.ledger().failed(lost, null);
        world.timeline().after(100, () -> answered.accept(new Ending(fault.error(), Map.of())));
        return () -> {};
    }

    /// An invocation that is put into the queue.
    ///
    /// @param event whether it is one of EventBridge, which may lose it
    void send(String arn, Map<String, @Nullable Object> payload, boolean event) {
        var function = world.function(arn);
        var label = label(function, payload);
        var arrivals = world.faults().arrivals(label, event);
        if (arrivals.length == 0) {
            world.ledger().lost(run(payload));
        }
        if (arrivals.length > 1) {
            world.ledger().deathOfHelper(run(payload));
        }
        if (function.kind() == Kind.CALLBACK) {
            for (var i = 0; i < arrivals.length; i++) {
                world.wakeUps().sent(run(payload));
            }
        }
        for (var i = 0; i < arrivals.length; i++) {
            var copy = i == 0 ? label : label + " again";
            world.timeline().after(arrivals[i], () -> attempt(function, copy, payload, 0));
        }
    }

    private void attempt(Function function, String label, Map<String, @Nullable Object> payload, int attempt) {
        run(function, label + (attempt == 0 ? "" : " retry " + attempt), payload, ending -> {
            var to = function.resultsTo();
            if (to.isPresent()) {
                send(to.get(), told(payload, ending), false);
            }
            if (function.kind() == Kind.CALLBACK && (ending.error() == null || attempt == RETRIES.length)) {
                world.wakeUps().ended(run(payload));
            }
            if (to.isEmpty() && ending.error() != null && attempt < RETRIES.length) {
                world.timeline().after(RETRIES[attempt], () -> attempt(function, label, payload, attempt + 1));
            }
        });
    }

    /// Lambda's record of an invocation.
    private static Map<String, @Nullable Object> told(Map<String, @Nullable Object> payload, Ending ending) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        record.put("version", "1.0");
        record.put("requestContext", Map.of("condition", ending.error() == null ? "Success" : "RetriesExhausted"));
        record.put("requestPayload", payload);
        record.put("responsePayload", ending.payload());
        return record;
    }

    private LiveInvocation run(
            Function function, String label, Map<String, @Nullable Object> payload, Consumer<Ending> ended) {
        var warm = idle.computeIfAbsent(function, any -> new ArrayDeque<>());
        var handler = function.isForgetful() ? function.warm() : warm.isEmpty() ? function.cold() : warm.pop();
        if (function.kind() == Kind.AWAIT) {
            world.wakeUps().sent(run(payload));
        }
        var invocation = new LiveInvocation(world, function, handler, label, run(payload));
        world.faults().prepare(invocation);
        world.counts().invocations++;
        if (function.kind() == Kind.TASK
                && payload.get("node") instanceof String node
                && !payload.containsKey("item")) {
            world.invariants().invoked(run(payload), node);
        } else if (payload.get("await") instanceof Map<?, ?> await
                && await.get("nodes") instanceof List<?> nodes
                && nodes.size() > 1) {
            world.counts().awaitsOfSeveral++;
        }
        invocation.start(Json.bytes(payload), ending -> {
            if (ending.error() == null) {
                if (!function.isForgetful()) {
                    warm.push(handler);
                }
            } else {
                world.ledger().failed(invocation, ending.error());
            }
            world.tell(label, ending);
            ended.accept(ending);
            if (function.kind() == Kind.AWAIT) {
                world.wakeUps().ended(run(payload));
            }
        });
        return invocation;
    }

    /// What an invocation is called, unique in the world.
    private String label(Function function, Map<String, @Nullable Object> payload) {
        var base =
                (function.kind() == Kind.TASK ? "task" : function.kind().name().toLowerCase(java.util.Locale.ROOT))
                        + about(payload);
        var number = numbers.merge(base, 1, Integer::sum);
        return number == 1 ? base : base + " #" + number;
    }

    private static String about(Map<String, @Nullable Object> payload) {
        if (payload.get("node") instanceof String node) {
            return " " + node + (payload.containsKey("part") ? " " + payload.get("part") : "")
                    + (payload.containsKey("item") ? " " + payload.get("item") : "") + " of " + shortened(run(payload));
        }
        if (payload.get("detail") instanceof Map<?, ?> detail && detail.get("object") instanceof Map<?, ?> object) {
            return " by " + object.get("key");
        }
        if (payload.get("nudge") instanceof Map<?, ?>) {
            return " by a nudge in " + shortened(run(payload));
        }
        if (payload.get("requestPayload") instanceof Map<?, ?> request) {
            return " by the end of " + request.get("node") + " in " + shortened(run(payload));
        }
        if (payload.get("await") instanceof Map<?, ?> await) {
            return " for " + await.get("awaiter") + " of " + shortened(run(payload));
        }
        if (payload.get("execution") instanceof Map<?, ?> execution) {
            return " of " + shortened(String.valueOf(execution.get("name")));
        }
        return " " + payload.keySet();
    }

    private static String run(Map<String, @Nullable Object> payload) {
        if (payload.get("run") instanceof Map<?, ?> run) {
            return String.valueOf(run.get("run"));
        }
        if (payload.get("nudge") instanceof Map<?, ?> nudge) {
            return String.valueOf(nudge.get("run"));
        }
        if (payload.get("requestPayload") instanceof Map<?, ?> request) {
            @SuppressWarnings("unchecked")
            var inner = (Map<String, @Nullable Object>) request;
            return run(inner);
        }
        if (payload.get("detail") instanceof Map<?, ?> detail
                && detail.get("object") instanceof Map<?, ?> object
                && String.valueOf(object.get("key")).startsWith("runs/")) {
            return String.valueOf(object.get("key")).split("/")[2];
        }
        return "";
    }

    /// The name without most of its hash, and without the time: what a step is called must not depend on when.
    private static String shortened(String run) {
        return run.replaceFirst("^(.*-[0-9a-f]{5})[0-9a-f]{27}.*$", "$1");
    }
}
