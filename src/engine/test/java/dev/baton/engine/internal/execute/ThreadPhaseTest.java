package dev.baton.engine.internal.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.baton.asl.DataFlow;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Transition;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.internal.execute.ThreadPhase.Event;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.Catchers;
import dev.baton.engine.internal.prepare.PreparedGraph;
import dev.baton.engine.internal.prepare.PreparedState;
import dev.baton.engine.internal.prepare.Retriers;
import dev.baton.engine.internal.prepare.StateRunner;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.time.VirtualScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The life of a state thread is the table, all of it and nothing else, and the picture of it is drawn from the table.
class ThreadPhaseTest {
    private final VirtualScheduler time = new VirtualScheduler(Instant.EPOCH);
    private final Engine engine = Engine.builder().scheduler(time).build();
    private final Set<ThreadPhase.Transition> taken = new LinkedHashSet<>();
    private @Nullable StateThread thread;
    private ThreadPhase seen = ThreadPhase.READY;

    /// Looks where the thread stands; what it went through since the last look is one transition.
    private void look(Event event) {
        var now = thread == null ? ThreadPhase.READY : thread.phase();
        taken.add(new ThreadPhase.Transition(seen, event, now));
        seen = now;
    }

    /// A state that does as it is told, and shows the thread that runs it.
    private final class Told extends PreparedState {
        private final Consumer<StateThread> deed;

        Told(Consumer<StateThread> deed) {
            super(
                    Kind.PASS,
                    new Frame(
                            "S",
                            StateDataFlow.of(QueryLanguage.JSONATA, DataFlow.NONE),
                            Transition.END,
                            new Retriers(List.of()),
                            new Catchers(QueryLanguage.JSONATA, List.of())));
            this.deed = deed;
        }

        @Override
        public void run(StateRunner runner) {
            thread = (StateThread) runner;
            seen = thread.phase();
            deed.accept(thread);
        }

        @Override
        public void resume(StateRunner runner, @Nullable Object result) {
            look(Event.RESUME);
            super.resume(runner, result);
        }
    }

    private Execution execute(Consumer<StateThread> deed) {
        var machine = PreparedMachine.ofGraph(new PreparedGraph("S", Map.of("S", new Told(deed))));
        var execution = engine.start(ExecutionRequest.of(machine, "arn:stateMachine:m", "e" + taken.size(), null));
        time.settle();
        return execution;
    }

    /// What can be redriven inside of the state that waits.
    private PendingWork redrivable() {
        return new PendingWork() {
            @Override
            public void cancel() {}

            @Override
            public boolean redrive() {
                look(Event.REDRIVE);
                return true;
            }
        };
    }

    private static StateFailure failure() {
        return StateFailure.reported("E", "because");
    }

    @Test
    void every_transition_of_the_table_is_taken_and_no_other() {
        execute(waits -> waits.waitUntil(Instant.EPOCH.plusSeconds(1), "there"));
        look(Event.AWAIT);
        time.advance(Duration.ofSeconds(1));
        look(Event.SUCCEED);

        var failing = execute(waits -> waits.await(redrivable()));
        look(Event.AWAIT);
        thread().resumeFailed(failure());
        look(Event.RESUME);
        thread().advance();
        look(Event.FAIL);
        engine.redrive(failing.arn());
        time.settle();
        engine.stop(failing.arn(), null, null);
        time.settle();
        look(Event.ABORT);
        engine.redrive(failing.arn());
        time.settle();

        execute(StateThread::abort);
        look(Event.ABORT);

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ThreadPhase.TRANSITIONS);
    }

    private StateThread thread() {
        return Objects.requireNonNull(thread);
    }

    @Test
    void what_is_not_in_the_table_is_refused() {
        var refused = new ArrayList<ThreadPhase.Transition>();
        for (var from : ThreadPhase.values()) {
            for (var event : Event.values()) {
                var rows = ThreadPhase.TRANSITIONS.stream()
                        .filter(row -> row.from() == from && row.event() == event)
                        .toList();
                assertThat(rows).hasSizeLessThanOrEqualTo(1);
                assertThat(from.allows(event)).isEqualTo(!rows.isEmpty());
                if (rows.isEmpty()) {
                    refused.add(new ThreadPhase.Transition(from, event, from));
                }
            }
        }

        assertThat(refused).hasSize(30 - ThreadPhase.TRANSITIONS.size()).allSatisfy(row -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> row.from().after(row.event()))
                    .withMessage("a state thread that is " + row.from() + " was told to " + row.event());
        });
    }

    @Test
    void the_readme_shows_the_table() throws IOException {
        var picture = ThreadPhase.TRANSITIONS.stream()
                .map(row -> "    " + row.from() + " --> " + row.to() + ": "
                        + row.event().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(
                        "\n", "```mermaid\nstateDiagram-v2\n    [*] --> READY\n", "\n    SUCCEEDED --> [*]\n```\n"));
        System.out.print(picture);

        assertThat(Files.readString(Path.of("README.md"))).contains(picture);
    }
}
