package dev.baton.engine.internal.execute;

import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The journal of one run that is made again, and what is still to be done when it is up to date.
final class JournalReplay {
    private final Function<String, JournalReplay> family;
    private final ArrayDeque<Object> draws = new ArrayDeque<>();
    private final ArrayDeque<JournalEntry.Clock> clock = new ArrayDeque<>();
    private final Map<Integer, Recipient<?>> sources = new HashMap<>();
    private final List<Expected> expected = new ArrayList<>();
    private final List<Runnable> unfinished = new ArrayList<>();

    /// A message of the executions' own. If the process did not end before, the journal has it too.
    record Expected(Recipient<?> source, Message message) {
        private boolean is(int number, Message other) {
            return source.number() == number
                    && message.getClass() == other.getClass()
                    && (!(message instanceof Message.ToMapRun.ChildClosed) || message.equals(other));
        }
    }

    /// @param family finds what the journal tells of other runs of the same root
    JournalReplay(Function<String, JournalReplay> family) {
        this.family = family;
    }

    JournalReplay child(String executionArn) {
        return family.apply(executionArn);
    }

    void add(JournalEntry.Drawn drawn) {
        draws.add(drawn.value());
    }

    void add(JournalEntry.Clock reading) {
        clock.add(reading);
    }

    @Nullable
    Object draw() {
        return draws.poll();
    }

    /// @param otherwise what the clock showed before
    long clock(int reading, long otherwise) {
        var next = clock.peek();
        if (next == null || next.reading() != reading) {
            return otherwise;
        }
        clock.remove();
        return next.epochMillis();
    }

    void add(int number, Recipient<?> source) {
        sources.put(number, source);
    }

    /// @throws IllegalStateException where the run has come to be another one
    Recipient<?> source(int number) {
        var source = sources.get(number);
        if (source == null) {
            throw new IllegalStateException(
                    "there is no " + number + " of " + sources.size() + " to be told something");
        }
        return source;
    }

    void expect(Recipient<?> source, Message message) {
        expected.add(new Expected(source, message));
    }

    /// Whether the run's own doing brought the message already.
    boolean expects(int number, Message message) {
        for (Iterator<Expected> all = expected.iterator(); all.hasNext(); ) {
            if (all.next().is(number, message)) {
                all.remove();
                return true;
            }
        }
        return false;
    }

    /// The messages that the process ended before it could tell them, in order.
    List<Expected> untold() {
        return expected;
    }

    /// Does this when the run is up to date.
    void later(Runnable work) {
        unfinished.add(work);
    }

    List<Runnable> unfinished() {
        return unfinished;
    }
}
