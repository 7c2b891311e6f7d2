package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskProgress;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// An execution that is made again from its journal is the one that it was, wherever the process ended.
class RestorationTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:machine";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MACHINES = 120;

    /// One life of an engine, from a start or a restoration to the end of its process.
    private static final class Life {
        private final VirtualScheduler time;
        private final List<JournalEntry> journal;
        private final List<String> started = new ArrayList<>();
        private final List<String> resumed = new ArrayList<>();
        private final Engine engine;

        Life(Instant now, List<JournalEntry> before, long seed, Tasks tasks) {
            time = new VirtualScheduler(now);
            journal = new ArrayList<>(before);
            var random = new Random(seed);
            engine = Engine.builder()
                    .scheduler(time)
                    .random(random)
                    .taskTokens(() -> Long.toString(random.nextLong()))
                    .journal(journal::add)
                    .taskHandler(new TaskHandler() {
                        @Override
                        public void start(TaskStateInvocation invocation, TaskCompletion completion) {
                            started.add(invocation.taskToken());
                            tasks.start(time, invocation, completion);
                        }

                        @Override
                        public void resume(
                                TaskStateInvocation invocation, TaskProgress progress, TaskCompletion completion) {
                            resumed.add(invocation.taskToken());
                            TaskHandler.super.resume(invocation, progress, completion);
                        }
                    })
                    .build();
        }

        Execution begin(PreparedMachine machine, String input) {
            return engine.start(ExecutionRequest.of(machine, MACHINE, "e", Json.parse(input)));
        }

        /// The histories of the execution and the children of its Map Runs, and how they closed.
        Map<String, List<String>> told(Execution execution) {
            var all = new ArrayList<Execution>(List.of(execution));
            engine.mapRuns(execution.arn()).forEach(mapRun -> all.addAll(mapRun.executions()));
            return all.stream().collect(Collectors.toMap(Execution::arn, RestorationTest::lines));
        }
    }

    private interface Tasks {
        void start(VirtualScheduler time, TaskStateInvocation invocation, TaskCompletion completion);
    }

    private static List<String> lines(Execution execution) {
        var lines = new ArrayList<>(Machines.told(execution));
        lines.add(execution.status() + " " + Json.print(execution.output()) + " " + execution.error() + " "
                + execution.cause() + " " + execution.stopDate() + " " + execution.redriveCount() + " "
                + execution.redriveDate());
        return lines;
    }

    /// Tasks that succeed, fail, hang or answer late.
    private static Tasks fates(long seed) {
        var fate = new Random(seed);
        return (time, invocation, completion) -> {
            switch (fate.nextInt(6)) {
                case 0 -> completion.failure("Unlucky", invocation.state());
                case 1 -> {
                    // It hangs; the timeout ends it.
                }
                case 2 ->
                    time.at(
                            time.now().plus(Duration.ofSeconds(fate.nextInt(9))),
                            () -> completion.success(invocation.attempt() + 0L));
                case 3 -> {
                    completion.submitted(Map.of("at", "once"));
                    completion.heartbeat();
                    time.at(time.now().plusMillis(fate.nextInt(3_000)), () -> completion.success(List.of(1L)));
                }
                default -> completion.success(invocation.parameters());
            }
        };
    }

    /// A life in which what fails is redriven once.
    private static Life life(long seed) {
        var life = new Life(START, List.of(), seed, fates(seed));
        var machine = Machines.machine(RandomMachine.definition(new Random(seed)));
        var execution = life.begin(machine, "{\"items\":[1,2,3]}");
        life.time.run();
        if (execution.status() == ExecutionStatus.FAILED) {
            life.engine.redrive(execution.arn());
            life.time.advance(Duration.ofMillis(700));
            if (seed % 3 == 0) {
                life.engine.stop(execution.arn(), "Enough", "of it");
            }
            life.time.run();
        }
        return life;
    }

    private static Execution only(Life life) {
        return life.engine
                .execution(MACHINE.replace("stateMachine", "execution") + ":e")
                .orElseThrow();
    }

    private static Instant end(List<JournalEntry> entries) {
        var end = START;
        for (var entry : entries) {
            if (entry instanceof JournalEntry.Posted posted) {
                end = Instant.ofEpochMilli(posted.epochMillis());
            }
        }
        return end;
    }

    @Test
    void a_closed_execution_is_again_what_it_was_to_the_last_letter_and_calls_nobody() {
        for (var seed = 0L; seed < MACHINES; seed++) {
            var before = life(seed);
            var after = new Life(end(before.journal), before.journal, seed + 1, fates(seed + 1));

            var execution = after.engine.restore(before.journal);
            assertThat(after.told(execution)).as("seed %d", seed).isEqualTo(before.told(only(before)));
            after.engine.resume();
            after.time.run();

            assertThat(after.told(execution)).as("seed %d", seed).isEqualTo(before.told(only(before)));
            assertThat(after.started).as("seed %d", seed).isEmpty();
            assertThat(after.resumed).as("seed %d", seed).isEmpty();
            assertThat(after.journal).as("seed %d", seed).isEqualTo(before.journal);
        }
    }

    @Test
    void wherever_the_process_ended_the_execution_is_what_it_was_and_goes_on_and_again() {
        var ends = new ArrayList<ExecutionStatus>();
        for (var seed = 0L; seed < MACHINES; seed++) {
            var before = life(seed);
            var whole = lines(only(before));
            var cuts = new Random(seed);
            for (var i = 0; i < 12; i++) {
                var cut = 1 + cuts.nextInt(before.journal.size());
                var which = "seed " + seed + " cut at " + cut;
                var left = List.copyOf(before.journal.subList(0, cut));

                var second = new Life(end(left).plusSeconds(1), left, seed * 31 + cut, fates(seed + cut));
                var execution = second.engine.restore(left);
                var history = Machines.told(execution);
                assertThat(history).as(which).isEqualTo(whole.subList(0, history.size()));
                second.engine.resume();
                second.time.run();
                assertThat(execution.status().isClosed()).as(which).isTrue();
                ends.add(execution.status());

                var third = new Life(second.time.now(), second.journal, 0, fates(0));
                var again = third.engine.restore(second.journal);
                assertThat(third.told(again)).as(which).isEqualTo(second.told(execution));
                if (again.status() == ExecutionStatus.FAILED || again.status() == ExecutionStatus.ABORTED) {
                    third.engine.resume();
                    third.engine.redrive(again.arn());
                    third.time.run();
                    assertThat(again.status().isClosed()).as(which).isTrue();
                    assertThat(again.history().size())
                            .as(which)
                            .isGreaterThan(execution.history().size());
                }
            }
        }
        assertThat(ends).contains(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
    }
}
