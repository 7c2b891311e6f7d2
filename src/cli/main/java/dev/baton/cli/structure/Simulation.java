package dev.baton.cli.structure;

import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.compiler.workload.CompiledWorkload;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.name.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The simulation of a compiled graph for `baton structure`: it runs in Baton's ASL engine, in virtual time; tasks do
/// nothing and take the seconds that the graph's file says, everything else takes none.
public final class Simulation {
    private static final Substitutions NOWHERE =
            new Substitutions(Map.of("Partition", "aws", "Region", "eu-central-1", "AccountId", "000000000000"));

    private final VirtualScheduler scheduler = new VirtualScheduler(Instant.EPOCH);
    private final Map<String, Double> seconds = new HashMap<>();
    private final Map<String, PreparedMachine> machines = new HashMap<>();
    private final Map<String, Instant> starts = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    /// By node: who waits for it.
    private final Map<String, List<Waiting>> waiting = new HashMap<>();
    private final List<String> twice = new ArrayList<>();
    private final Engine engine;
    private long transitions;
    private long mostEvents;
    private int executions;

    /// An await that is not released yet: for how many nodes, and what follows.
    private static final class Waiting {
        private int missing;
        private final Runnable then;

        Waiting(int missing, Runnable then) {
            this.missing = missing;
            this.then = then;
        }

        void arrived() {
            if (--missing == 0) {
                then.run();
            }
        }
    }

    /// The outcome of a simulated execution.
    ///
    /// @param makespanSeconds from the start to the end of the execution
    /// @param starts when each task started, in seconds
    /// @param repeated tasks that were started more than once; none, if all is well
    /// @param transitions how many states were entered, in all executions
    /// @param events in the longest history
    public record Outcome(
            double makespanSeconds, Map<String, Double> starts, List<String> repeated, long transitions, long events) {}

    private Simulation(CompiledWorkload compiled) {
        compiled.workload().tasks().forEach(task -> seconds.put(task.id(), task.seconds()));
        for (var machine : compiled.machines()) {
            machines.put(version(machine.name()), PreparedMachine.of(NOWHERE.in(machine.definition())));
        }
        engine = Engine.builder()
                .scheduler(scheduler)
                .random(new SplittableRandom(1))
                .taskHandler(this::begin)
                .listener(new ExecutionListener() {
                    @Override
                    public void recorded(Execution execution, HistoryEvent event) {
                        if (event.type().name().endsWith("StateEntered")) {
                            transitions++;
                        }
                        mostEvents = Math.max(mostEvents, event.id());
                    }
                })
                .build();
    }

    private static String arn(String machine) {
        return "arn:aws:states:eu-central-1:000000000000:stateMachine:" + machine;
    }

    /// Each machine has one version.
    private static String version(String machine) {
        return arn(machine) + ":1";
    }

    /// Runs it to its end.
    ///
    /// @throws IllegalStateException when it fails or never ends
    public static Outcome run(CompiledWorkload compiled) {
        return new Simulation(compiled).run(compiled.machines().getFirst().name());
    }

    private Outcome run(String machine) {
        var execution = start(version(machine), Map.of("run", Map.of("run", "simulation")));
        scheduler.run();
        if (execution.status() == ExecutionStatus.RUNNING) {
            throw new IllegalStateException("nothing happens any more, and it has not ended; awaited are "
                    + String.join(", ", new TreeSet<>(waiting.keySet())));
        }
        if (execution.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException(
                    "ended " + execution.status() + ": " + execution.error() + " " + execution.cause());
        }
        var started = new LinkedHashMap<String, Double>();
        starts.forEach((node, instant) -> started.put(node, since(instant)));
        var ended = starts.entrySet().stream()
                .mapToDouble(start -> since(start.getValue()) + seconds.getOrDefault(start.getKey(), 0.0))
                .max()
                .orElse(0);
        return new Outcome(ended, started, List.copyOf(twice), transitions, mostEvents);
    }

    private static double since(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private Execution start(String version, @Nullable Object input) {
        var prepared = machines.get(version);
        if (prepared == null) {
            throw new IllegalStateException("no machine " + version);
        }
        var machine = Arn.beforeLast(version);
        return engine.start(ExecutionRequest.of(prepared, machine, "e" + executions++, input));
    }

    private void begin(TaskStateInvocation invocation, TaskCompletion completion) {
        var arguments = object(invocation.parameters());
        if (invocation.resource().arn().contains("states:startExecution")) {
            var child = start(String.valueOf(arguments.get("StateMachineArn")), arguments.get("Input"));
            child.closed().thenAccept(closed -> end(closed, completion));
            return;
        }
        var payload = object(arguments.get("Payload"));
        if (payload.get("await") instanceof Map<?, ?> await) {
            var nodes = new HashSet<String>();
            if (await.get("nodes") instanceof List<?> list) {
                list.forEach(node -> nodes.add(String.valueOf(node)));
            }
            nodes.removeAll(done);
            wait(nodes, awaited(payload, completion));
            return;
        }
        var node = String.valueOf(payload.get("node"));
        work(node, completion, Map.of("Payload", Map.of("node", node)));
    }

    /// What follows when all is there: the state's task, whose result comes as it is, or nothing.
    private Runnable awaited(Map<String, @Nullable Object> payload, TaskCompletion completion) {
        if (!payload.containsKey("begin")) {
            return () -> completion.success(Map.of());
        }
        var node =
                String.valueOf(object(object(payload.get("begin")).get("event")).get("node"));
        return () -> work(node, completion, Map.of("node", node));
    }

    private void work(String node, TaskCompletion completion, Map<String, @Nullable Object> result) {
        var lasts = seconds.get(node);
        if (lasts == null) {
            completion.failure("Unknown", "no task " + node);
            return;
        }
        if (starts.putIfAbsent(node, scheduler.now()) != null) {
            twice.add(node);
        }
        scheduler.at(scheduler.now().plus(Duration.ofNanos(Math.round(lasts * 1e9))), () -> {
            done.add(node);
            completion.success(result);
            var released = waiting.remove(node);
            if (released != null) {
                released.forEach(Waiting::arrived);
            }
        });
    }

    private static void end(Execution child, TaskCompletion completion) {
        if (child.status() == ExecutionStatus.SUCCEEDED) {
            completion.success(Map.of("Output", Map.of()));
        } else {
            completion.failure(child.error(), child.cause());
        }
    }

    private void wait(Set<String> missing, Runnable then) {
        if (missing.isEmpty()) {
            then.run();
            return;
        }
        var await = new Waiting(missing.size(), then);
        missing.forEach(
                node -> waiting.computeIfAbsent(node, any -> new ArrayList<>()).add(await));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
