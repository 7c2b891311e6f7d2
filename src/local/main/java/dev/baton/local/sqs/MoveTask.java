package dev.baton.local.sqs;

import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task that moves the messages of a dead-letter queue to another, or back to where they came from. Its own lock
/// guards it.
final class MoveTask {
    final String handle;
    final String source;
    final @Nullable String destination;
    final @Nullable Integer perSecond;
    final Instant started;
    final long toMove;
    private long moved;
    private Status status = Status.RUNNING;
    private @Nullable String failure;

    /// The states of a task.
    enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    MoveTask(
            String handle,
            String source,
            @Nullable String destination,
            @Nullable Integer perSecond,
            Instant started,
            long toMove) {
        this.handle = handle;
        this.source = source;
        this.destination = destination;
        this.perSecond = perSecond;
        this.started = started;
        this.toMove = toMove;
    }

    synchronized boolean isRunning() {
        return status == Status.RUNNING;
    }

    synchronized long moved() {
        return moved;
    }

    synchronized void moved(int more) {
        moved += more;
    }

    synchronized void end(Status as, @Nullable String why) {
        if (status == Status.RUNNING) {
            status = as;
            failure = why;
        }
    }

    synchronized Map<String, @Nullable Object> json() {
        return new JsonAnswer()
                .putIf("TaskHandle", status == Status.RUNNING ? handle : null)
                .put("Status", status.name())
                .put("SourceArn", source)
                .putIf("DestinationArn", destination)
                .putIf("MaxNumberOfMessagesPerSecond", perSecond)
                .put("ApproximateNumberOfMessagesMoved", moved)
                .put("ApproximateNumberOfMessagesToMove", toMove)
                .putIf("FailureReason", failure)
                .put("StartedTimestamp", started.toEpochMilli())
                .map();
    }
}
