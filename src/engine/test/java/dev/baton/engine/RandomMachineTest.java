package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.history.EventType;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskStateInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever the machine and however its tasks go, an execution ends and its history holds together.
class RandomMachineTest {
    private static final int MACHINES = 250;
    /// Events after which a state may stay without an exit.
    private static final Pattern UNFINISHED = Pattern.compile("Failed|Aborted|FailState");
    private static final Set<EventType> LAST = Set.of(
            EventType.ExecutionSucceeded,
            EventType.ExecutionFailed,
            EventType.ExecutionTimedOut,
            EventType.ExecutionAborted);

    /// Runs the machine of a seed with tasks that succeed, fail, hang or answer late.
    private static List<Execution> run(long seed) {
        var machine = Machines.machine(RandomMachine.definition(new Random(seed)));
        var fate = new Random(seed);
        var holder = new Machines[1];
        holder[0] = Machines.with(
                Engine.builder()
                        .taskHandler((invocation, completion) -> decide(fate, holder[0], invocation, completion)),
                seed);
        var execution = holder[0].run(machine, "{\"items\":[1,2,3]}");
        var all = new ArrayList<Execution>();
        all.add(execution);
        holder[0].engine.mapRuns(execution.arn()).forEach(mapRun -> all.addAll(mapRun.executions()));
        return all;
    }

    private static void decide(
            Random fate, Machines machines, TaskStateInvocation invocation, TaskCompletion completion) {
        switch (fate.nextInt(5)) {
            case 0 -> completion.failure("Unlucky", invocation.state());
            case 1 -> {
                // It hangs; the timeout ends it.
            }
            case 2 ->
                machines.time.at(
                        machines.time.now().plus(Duration.ofSeconds(fate.nextInt(9))),
                        () -> completion.success(invocation.attempt() + 0L));
            default -> completion.success(invocation.parameters());
        }
    }

    @Test
    void every_execution_ends_with_a_history_that_holds_together() {
        var ends = new HashSet<ExecutionStatus>();
        for (var seed = 0L; seed < MACHINES; seed++) {
            for (var execution : run(seed)) {
                check(execution, "seed " + seed);
                ends.add(execution.status());
            }
        }
        assertThat(ends).contains(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
    }

    private static void check(Execution execution, String which) {
        var history = execution.history();
        assertThat(execution.status().isClosed()).as(which).isTrue();
        assertThat(history.getFirst().type()).as(which).isEqualTo(EventType.ExecutionStarted);
        assertThat(LAST).as(which).contains(history.getLast().type());
        for (var i = 0; i < history.size(); i++) {
            var event = history.get(i);
            var sound = event.id() == i + 1
                    && event.previousEventId() >= 0
                    && event.previousEventId() <= i
                    && (i == 0 || event.epochMillis() >= history.get(i - 1).epochMillis())
                    && (i == history.size() - 1 || !LAST.contains(event.type()));
            if (!sound) {
                throw new AssertionError(which + ": " + event);
            }
        }
        if (history.stream()
                .noneMatch(event -> UNFINISHED.matcher(event.type().name()).find())) {
            assertThat(count(history, "StateEntered")).as(which).isEqualTo(count(history, "StateExited"));
        }
    }

    private static long count(List<HistoryEvent> history, String ending) {
        return history.stream()
                .filter(event -> event.type().name().endsWith(ending))
                .count();
    }

    @Test
    void the_same_seed_gives_the_same_histories() {
        for (var seed = 0L; seed < 60; seed++) {
            var first = run(seed).stream().map(Machines::told).toList();
            var second = run(seed).stream().map(Machines::told).toList();

            assertThat(second).as("seed %s", seed).isEqualTo(first);
        }
    }

    @Test
    void what_failed_can_always_be_redriven() {
        for (var seed = 0L; seed < 150; seed++) {
            var machine = Machines.machine(RandomMachine.definition(new Random(seed)));
            var broken = new boolean[] {true};
            var machines = Machines.with(
                    Engine.builder().taskHandler((invocation, completion) -> {
                        if (broken[0]) {
                            completion.failure("Broken", null);
                        } else {
                            completion.success(invocation.parameters());
                        }
                    }),
                    seed);
            var execution = machines.run(machine, "{\"items\":[1,2,3]}");
            broken[0] = false;
            for (var i = 0; i < 3 && execution.status() == ExecutionStatus.FAILED; i++) {
                machines.engine.redrive(execution.arn());
                machines.time.run();
                assertThat(execution.redriveCount()).as("seed %s", seed).isEqualTo(i + 1);
            }
            assertThat(execution.status().isClosed()).as("seed %s", seed).isTrue();
            if (execution.status() == ExecutionStatus.FAILED) {
                assertThat(execution.error())
                        .as("seed %s: %s", seed, execution.cause())
                        .isIn("Random", "States.ExceedToleratedFailureThreshold");
            }
        }
    }
}
