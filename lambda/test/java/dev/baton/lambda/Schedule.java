package dev.baton.lambda;

import dev.baton.graph.TaskNode;
import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.simulated.SimulatedStates.Execution;
import dev.baton.lambda.simulated.Wires;
import dev.baton.run.ExecutionInput;
import dev.baton.run.RunReference;
import dev.baton.task.Superseded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One history of the farm, told by a seed: uploads at any time, their events delivered one to five times and in any
/// order, executions interleaved with them and with each other down to single requests, and handlers killed between
/// any two requests. What is killed is tried again, as EventBridge and Step Functions do.
final class Schedule {
    private static final int YEAR = 2012;

    final Farm farm = new Farm();
    private final Random random;
    private final List<Upload> uploads = new ArrayList<>();
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<Field, Long> current = new TreeMap<>();
    private int depth;
    int kills;
    int overtakings;

    private record Upload(Field field, long sacks) {}

    Schedule(long seed) {
        random = new Random(seed);
        uploads.add(new Upload(Field.NORTH, random.nextInt(100)));
        uploads.add(new Upload(Field.SOUTH, random.nextInt(100)));
        for (var again = random.nextInt(4); again > 0; again--) {
            // Sometimes the same bytes again.
            uploads.add(new Upload(
                    Field.values()[random.nextInt(2)],
                    random.nextInt(3) == 0 ? uploads.get(random.nextInt(2)).sacks() : random.nextInt(100)));
        }
        Collections.shuffle(uploads.subList(0, 2), random);
    }

    /// Lets everything happen until nothing is left to happen.
    void play() {
        while (happens()) {
            // Each round is one thing.
        }
    }

    /// What the farm gave, by the uploads that were the last of their field.
    long expected() {
        return current.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean happens() {
        var ready = running.values().stream().filter(Running::canGoOn).toList();
        var choices = new ArrayList<Runnable>();
        // A field is mostly harvested again when something has come of the first time.
        if (!uploads.isEmpty() && (uploads.size() > 3 || events.isEmpty() || random.nextInt(3) == 0)) {
            choices.add(this::upload);
        }
        if (!events.isEmpty()) {
            choices.add(this::deliver);
        }
        ready.forEach(run -> choices.add(run::goOn));
        if (choices.isEmpty()) {
            return false;
        }
        choices.get(random.nextInt(choices.size())).run();
        return true;
    }

    private void upload() {
        var next = uploads.removeFirst();
        farm.upload(next.field(), YEAR, next.sacks() + "\n");
        current.put(next.field(), next.sacks());
        for (var copies = 1 + random.nextInt(5); copies > 0; copies--) {
            events.add(farm.uploaded(next.field(), YEAR));
        }
    }

    private void deliver() {
        var event = events.remove(random.nextInt(events.size()));
        try {
            farm.call("start", event, wires());
        } catch (Wires.Killed e) {
            kills++;
            events.add(event);
        }
        for (var execution : farm.aws.states().executions()) {
            running.computeIfAbsent(execution.name(), name -> new Running(execution));
        }
    }

    /// Wires on which the handler may die, or on which something else may come in between.
    private Wires wires() {
        var wires = farm.wires();
        if (random.nextInt(4) == 0) {
            wires.dyingAt(1 + random.nextInt(14), random.nextBoolean());
        }
        if (depth < 3 && random.nextInt(4) == 0) {
            wires.pausingAt(1 + random.nextInt(14), () -> {
                overtakings++;
                depth++;
                for (var things = 1 + random.nextInt(6); things > 0; things--) {
                    happens();
                }
                depth--;
            });
        }
        return wires;
    }

    /// An execution, run as its state machine would: pin, both fields in any order, then the sum.
    private final class Running {
        private final Execution execution;
        private final List<TaskNode> left = new ArrayList<>();
        private @Nullable RunReference run;
        private boolean busy;
        private int attempt;

        Running(Execution execution) {
            this.execution = execution;
        }

        boolean canGoOn() {
            return !busy && execution.status().equals("RUNNING");
        }

        void goOn() {
            busy = true;
            try {
                if (run == null) {
                    pin();
                } else {
                    task();
                }
            } catch (Wires.Killed e) {
                kills++;
                attempt++;
            } catch (Superseded e) {
                execution.end("FAILED");
            } finally {
                busy = false;
            }
        }

        private void pin() {
            var result = farm.pin(execution, wires());
            if (result.outdated().isPresent()) {
                execution.end("SUCCEEDED");
                return;
            }
            run = result.run();
            left.addAll(farm.order().subList(0, 2));
            Collections.shuffle(left, random);
            left.add(farm.graph.root());
        }

        private void task() {
            farm.run(left.getFirst(), run, execution.arn(), attempt, wires());
            left.removeFirst();
            attempt = 0;
            if (left.isEmpty()) {
                execution.end("SUCCEEDED");
            }
        }
    }

    /// The external versions of each execution, by logical URI.
    List<Map<String, String>> startedFor() {
        return farm.aws.states().executions().stream()
                .map(execution ->
                        ExecutionInput.of(Json.parse(execution.input())).inputs())
                .toList();
    }

    Map<String, String> lastVersions() {
        var versions = new TreeMap<String, String>();
        for (var field : Field.values()) {
            var key = Farm.landing(field, YEAR);
            versions.put(
                    "s3://lake/" + key,
                    farm.aws.objects().current(Farm.LAKE, key).id());
        }
        return versions;
    }
}
