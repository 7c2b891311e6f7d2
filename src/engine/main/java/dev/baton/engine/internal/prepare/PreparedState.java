package dev.baton.engine.internal.prepare;

import dev.baton.asl.Catcher;
import dev.baton.asl.DataFlow;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Retrier;
import dev.baton.asl.Transition;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.StateDataFlow;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A state ready to run. Shared by all executions: whatever changes belongs to the [StateRunner] that runs it.
///
/// The life of a state: it is entered (an event), [#run] is called for each attempt, and an attempt ends in one of four
/// ways — the runner leaves the state, waits for something and is resumed, ends, or the state fails by a
/// [dev.baton.engine.internal.failure.StateFailure]. Retriers call [#run] again, catchers leave for another state.
public abstract class PreparedState {
    private final String name;
    private final Kind kind;
    private final StateDataFlow flow;
    private final @Nullable String next;
    private final Retriers retriers;
    private final Catchers catchers;
    private @Nullable PreparedState successor;

    protected PreparedState(Kind kind, Frame frame) {
        this.name = frame.name;
        this.kind = kind;
        this.flow = frame.flow;
        this.next = frame.transition instanceof Transition.Next there ? there.state() : null;
        this.retriers = frame.retriers;
        this.catchers = frame.catchers;
    }

    /// The part that states of every type have.
    ///
    /// @param transition the end of the graph for states that lead nowhere, or elsewhere
    public record Frame(String name, StateDataFlow flow, Transition transition, Retriers retriers, Catchers catchers) {
        static Frame of(
                String name,
                QueryLanguage language,
                DataFlow data,
                Transition transition,
                List<Retrier> retry,
                List<Catcher> catchers) {
            return new Frame(
                    name,
                    StateDataFlow.of(language, data),
                    transition,
                    new Retriers(retry),
                    new Catchers(language, catchers));
        }

        /// The frame of a state that cannot be retried, and whose errors nothing catches.
        static Frame of(String name, QueryLanguage language, DataFlow data, Transition transition) {
            return of(name, language, data, transition, List.of(), List.of());
        }
    }

    /// The type of a state, with the events that tell of it.
    public enum Kind {
        PASS(EventType.PassStateEntered, EventType.PassStateExited, null, null),
        TASK(EventType.TaskStateEntered, EventType.TaskStateExited, EventType.TaskStateAborted, null),
        CHOICE(EventType.ChoiceStateEntered, EventType.ChoiceStateExited, null, null),
        WAIT(EventType.WaitStateEntered, EventType.WaitStateExited, EventType.WaitStateAborted, null),
        SUCCEED(EventType.SucceedStateEntered, EventType.SucceedStateExited, null, null),
        FAIL(EventType.FailStateEntered, null, null, null),
        PARALLEL(
                EventType.ParallelStateEntered,
                EventType.ParallelStateExited,
                EventType.ParallelStateAborted,
                EventType.ParallelStateFailed),
        MAP(EventType.MapStateEntered, EventType.MapStateExited, EventType.MapStateAborted, EventType.MapStateFailed);

        private final EventType entered;
        private final @Nullable EventType exited;
        private final @Nullable EventType aborted;
        private final @Nullable EventType failed;

        /// @param exited null for Fail, which nothing leaves
        /// @param aborted null for states that never wait
        /// @param failed null for states whose own failure is not told
        Kind(EventType entered, @Nullable EventType exited, @Nullable EventType aborted, @Nullable EventType failed) {
            this.entered = entered;
            this.exited = exited;
            this.aborted = aborted;
            this.failed = failed;
        }

        /// Whether the language lets such a state have retriers.
        public boolean isRetriable() {
            return this == TASK || this == PARALLEL || this == MAP;
        }

        public EventType entered() {
            return entered;
        }

        public @Nullable EventType exited() {
            return exited;
        }

        public @Nullable EventType aborted() {
            return aborted;
        }

        public @Nullable EventType failed() {
            return failed;
        }
    }

    public final String name() {
        return name;
    }

    public final Kind kind() {
        return kind;
    }

    protected final StateDataFlow flow() {
        return flow;
    }

    public final Retriers retriers() {
        return retriers;
    }

    public final Catchers catchers() {
        return catchers;
    }

    /// The state after this one, or null where it ends its graph.
    public final @Nullable PreparedState successor() {
        return successor;
    }

    /// The value that the state works on. The input was measured when it was the output before; what is made of it was
    /// not.
    ///
    /// See the developer guide, *Error names*, `States.DataLimitExceeded`.
    protected final @Nullable Object arguments(StateRunner runner, @Nullable Object effective) {
        var arguments = flow.arguments(runner.surroundings(), effective);
        if (arguments != runner.input() && PayloadLimit.exceeds(arguments)) {
            throw StateFailure.tooLarge(name);
        }
        return arguments;
    }

    /// Called once, when all states of the graph are there.
    protected void link(Function<String, @Nullable PreparedState> states) {
        if (next != null) {
            successor = states.apply(next);
        }
    }

    /// One attempt of this state.
    public abstract void run(StateRunner runner);

    /// Goes on with what the runner waited for.
    public void resume(StateRunner runner, @Nullable Object result) {
        runner.leave(flow.exit(runner.surroundings(), runner.input(), result), successor);
    }
}
