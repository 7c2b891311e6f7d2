package dev.baton.engine.internal.execute;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The phase of a [StateThread]. Which way it may go from there stands in [#TRANSITIONS], and nowhere else.
enum ThreadPhase {
    /// It runs, or will when its execution comes to it.
    READY,
    /// Something is under way that its state waits for: a task, a moment, branches, the delay of a retry.
    WAITING,
    SUCCEEDED,
    FAILED,
    ABORTED;

    /// An event in the life of a state thread.
    enum Event {
        /// Its state has something done, or is to be tried again later.
        AWAIT,
        /// The end of what it waited for, good or not.
        RESUME,
        /// It left a state that ends its graph.
        SUCCEED,
        /// Its state failed, and neither a retrier nor a catcher took the failure.
        FAIL,
        /// Somebody else ends it: a thread beside it failed, or the execution ends.
        ABORT,
        /// Its execution is redriven; it waits as it did for what can be redriven inside of its state.
        REDRIVE
    }

    record Transition(ThreadPhase from, Event event, ThreadPhase to) {}

    static final List<Transition> TRANSITIONS = List.of(
            new Transition(READY, Event.AWAIT, WAITING),
            new Transition(WAITING, Event.RESUME, READY),
            new Transition(READY, Event.SUCCEED, SUCCEEDED),
            new Transition(READY, Event.FAIL, FAILED),
            new Transition(READY, Event.ABORT, ABORTED),
            new Transition(WAITING, Event.ABORT, ABORTED),
            new Transition(FAILED, Event.REDRIVE, WAITING),
            new Transition(ABORTED, Event.REDRIVE, WAITING));

    private final Map<Event, ThreadPhase> next = new EnumMap<>(Event.class);

    static {
        TRANSITIONS.forEach(each -> each.from.next.put(each.event, each.to));
    }

    /// The phase after this happened to it.
    ///
    /// @throws IllegalStateException when it cannot happen to one that stands here
    ThreadPhase after(Event event) {
        var to = next.get(event);
        if (to == null) {
            throw new IllegalStateException("a state thread that is " + this + " was told to " + event);
        }
        return to;
    }

    /// Whether it can happen to a thread that stands here.
    boolean allows(Event event) {
        return next.containsKey(event);
    }
}
