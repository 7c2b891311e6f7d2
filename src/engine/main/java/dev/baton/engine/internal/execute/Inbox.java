package dev.baton.engine.internal.execute;

import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message;
import dev.baton.engine.journal.Message.ToExecution;
import dev.baton.engine.journal.Message.ToTimer;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.time.Scheduler.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The messages that come to a run from outside, one after another: messages, the time, chance, alarms. Where there is
/// a journal, all of it is told there, and a run that is made again gets the same once more before anything new.
public final class Inbox {
    private final LiveExecution run;
    private final Services services;
    private final @Nullable JournalWriter writer;
    private final Mailbox mailbox;
    private int sources;

    /// @param writer what tells the journal, or null for a run that nobody makes again
    Inbox(LiveExecution run, Services services, @Nullable JournalWriter writer) {
        this.run = run;
        this.services = services;
        this.writer = writer;
        this.mailbox = new Mailbox(services.scheduler(), writer != null && writer.replay() != null);
    }

    @Nullable
    JournalWriter writerOfChild(String childArn) {
        return writer == null ? null : writer.child(childArn);
    }

    /// The journal that the run is made again from, or null where it happens for the first time.
    @Nullable
    JournalReplay replay() {
        return writer == null ? null : writer.replay();
    }

    /// A number for something that is told things from outside.
    public int nextSource(Recipient<?> source) {
        sources++;
        var replay = replay();
        if (replay != null) {
            replay.add(sources, source);
        }
        return sources;
    }

    /// Runs work that changes nothing of what the execution computes, when nothing else of this execution runs.
    public void post(Runnable work) {
        mailbox.post(() -> run.guarded(work));
    }

    /// Tells something to the execution or a part of it when nothing else of this execution runs, and then runs
    /// whatever became ready by it.
    public <M extends Message> void post(Recipient<M> source, M message) {
        post(source, message, () -> source.take(message));
    }

    private void post(Recipient<?> source, Message message, Runnable taking) {
        var told = writer;
        if (told == null) {
            mailbox.post(() -> run.guarded(taking));
            return;
        }
        var replay = told.replay();
        if (replay != null) {
            replay.expect(source, message);
            return;
        }
        var millis = services.scheduler().now().toEpochMilli();
        mailbox.post(() -> turn(told, millis, taking), () -> told.posted(millis, source.number(), message));
    }

    private void turn(JournalWriter told, long millis, Runnable taking) {
        told.turn(millis);
        run.guarded(taking);
    }

    /// Takes a message that the run took before, when it is made again.
    ///
    /// @throws IllegalStateException where it has come to be another execution
    void remember(JournalReplay replay, JournalEntry.Posted posted) {
        var message = posted.message();
        var source = posted.source() == 0 ? run : replay.source(posted.source());
        if (!replay.expects(posted.source(), message) && message instanceof ToExecution.Redrive redrive) {
            run.redrive(Instant.ofEpochMilli(redrive.epochMillis()));
            replay.expects(0, message);
        }
        turn(Objects.requireNonNull(writer), posted.epochMillis(), () -> Recipient.tell(source, message));
    }

    /// The run is as it was when the process ended: what was not told to it is told now, but waits for [#release].
    ///
    /// @param isTold whether the journal knows already how the root closed
    void upToDate(boolean isTold) {
        var replay = Objects.requireNonNull(replay());
        Objects.requireNonNull(writer).upToDate();
        if (!isTold && run.isClosed()) {
            tellClosed(run.outcome(), run.eventCount());
        }
        mailbox.post(() -> replay.unfinished().forEach(Runnable::run));
        for (var each : replay.untold()) {
            // A child may have closed before its Map Run would have stopped it.
            if (!run.isClosed() || !(each.message() instanceof ToExecution.Stop)) {
                post(each.source(), each.message(), () -> Recipient.tell(each.source(), each.message()));
            }
        }
    }

    /// Lets the run go on after it was made again.
    public void release() {
        mailbox.release();
    }

    /// Lets the world take part in the run; when it is made again, only once it is up to date.
    public void launch(Runnable work) {
        var replay = replay();
        if (replay == null) {
            work.run();
        } else {
            replay.later(work);
        }
    }

    /// The value that the supplier gives: a JSON value, never null, that is the same when the run is made again.
    public Object drawn(Supplier<?> supplier) {
        return writer == null ? supplier.get() : writer.drawn(supplier);
    }

    /// Whether what was drawn last had been drawn already in a process that ended.
    boolean drewFromJournal() {
        return writer != null && writer.drewFromJournal();
    }

    /// A new task token, unlike every other.
    ///
    /// @throws StateFailure when there is nothing that could be called
    public String taskToken(TaskResource called) {
        var drawn = drawn(() -> {
            var missing = services.handler().missing(called);
            return missing == null ? services.seeds().token() : Map.of("missing", missing);
        });
        if (drawn instanceof Map<?, ?> map) {
            throw StateFailure.runtime(String.valueOf(map.get("missing")));
        }
        return (String) drawn;
    }

    public long millis() {
        return writer == null ? services.scheduler().now().toEpochMilli() : writer.now(services.scheduler());
    }

    public Instant now() {
        return writer == null ? services.scheduler().now() : Instant.ofEpochMilli(writer.now(services.scheduler()));
    }

    /// Wakes the run after a while.
    public Alarm alarm(Duration delay, Runnable work) {
        return at(now().plus(delay), work);
    }

    /// Wakes the run at a moment; an alarm that rings while it is being cancelled does nothing.
    public Alarm at(Instant moment, Runnable work) {
        var wake = new Timer(sources + 1, work);
        nextSource(wake);
        launch(() -> {
            if (!wake.isOver()) {
                wake.setFor(services.scheduler().at(moment, () -> post(wake, new ToTimer.Ring())));
            }
        });
        return wake;
    }

    /// The run closed.
    ///
    /// @param events how many it has then
    void tellClosed(ExecutionOutcome end, int events) {
        if (writer != null && writer.isRoot() && writer.replay() == null) {
            writer.append(new JournalEntry.Closed(
                    run.arn(),
                    end.status(),
                    end.output(),
                    end.error(),
                    end.cause(),
                    Objects.requireNonNull(end.stopDate()),
                    events));
        }
    }

    /// Nobody knows the run any more.
    public void tellForgotten() {
        if (writer != null && writer.isRoot()) {
            writer.append(new JournalEntry.Forgotten(run.arn()));
        }
    }
}
