package dev.baton.engine.internal.execute;

import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.journal.Message.ToAttempt;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskProgress;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler.Alarm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One attempt of a Task state, from its scheduling to the first of: a report, its token, a timeout, an abort.
///
/// Reports may come from any thread; they are posted to the run, whose thread alone touches the fields.
public final class Attempt implements TaskCompletion, PendingWork, Recipient<ToAttempt> {
    private final StateThread thread;
    private final Inbox inbox;
    private final int number;
    private final TaskStateInvocation invocation;
    private final TaskEvents events;
    private boolean started;
    private boolean submitted;
    private @Nullable Object submission;
    private @Nullable Runnable heldBack;
    private @Nullable Alarm timeout;
    private @Nullable Alarm heartbeat;
    private volatile boolean over;
    private @Nullable Runnable cancel;

    public Attempt(StateThread thread, TaskStateInvocation invocation) {
        this.thread = thread;
        this.inbox = thread.run().inbox();
        this.invocation = invocation;
        this.events = new TaskEvents(thread::record, invocation);
        this.number = inbox.nextSource(this);
    }

    @Override
    public int number() {
        return number;
    }

    String token() {
        return invocation.taskToken();
    }

    /// Schedules the attempt and hands it to the handler.
    public void begin() {
        var services = thread.run().services();
        var refused = services.handler().refused(invocation);
        if (refused != null) {
            throw StateFailure.runtime(refused);
        }
        services.registry().add(this);
        events.scheduled();
        if (!(invocation.resource() instanceof TaskResource.Activity)) {
            events.started(null);
        }
        var seconds = invocation.timeoutSeconds();
        if (seconds != null) {
            timeout = inbox.alarm(Duration.ofSeconds(seconds), () -> timeOut(StateFailure.timeout()));
        }
        startHeartbeat();
        thread.await(this);
        var underWay = inbox.drewFromJournal();
        inbox.launch(() -> handOver(underWay));
    }

    /// @param underWay whether that had been done already in a process that ended
    private void handOver(boolean underWay) {
        if (over) {
            return;
        }
        var handler = thread.run().services().handler();
        try {
            if (underWay) {
                handler.resume(invocation, new TaskProgress(started, submitted, submission), this);
            } else {
                handler.start(invocation, this);
            }
        } catch (RuntimeException | Error e) {
            failure("States.Runtime", "The task handler threw " + e);
        }
    }

    private void startHeartbeat() {
        var seconds = invocation.heartbeatSeconds();
        if (seconds != null) {
            heartbeat = inbox.alarm(Duration.ofSeconds(seconds), () -> timeOut(StateFailure.heartbeatTimeout()));
        }
    }

    @Override
    public void started(@Nullable String workerName) {
        post(new ToAttempt.Started(workerName));
    }

    @Override
    public void submitted(@Nullable Object output) {
        post(new ToAttempt.Submitted(output));
    }

    private void submit(@Nullable Object output) {
        if (submitted || pattern() == IntegrationPattern.REQUEST_RESPONSE) {
            return;
        }
        submitted = true;
        submission = output;
        events.submitted(output);
        if (heldBack != null) {
            heldBack.run();
        }
    }

    @Override
    public void heartbeat() {
        post(new ToAttempt.Heartbeat());
    }

    @Override
    public void success(@Nullable Object output) {
        post(new ToAttempt.Succeeded(output));
    }

    @Override
    public void failure(@Nullable String error, @Nullable String cause) {
        post(new ToAttempt.Failed(error, cause));
    }

    /// Success by the task token. It may come before the service has answered the request that carried the token; the
    /// history then tells of the answer first.
    public void successByToken(@Nullable Object output) {
        post(new ToAttempt.SucceededByToken(output));
    }

    /// Failure by the task token.
    public void failureByToken(@Nullable String error, @Nullable String cause) {
        post(new ToAttempt.FailedByToken(error, cause));
    }

    private void afterSubmission(Runnable completion) {
        if (pattern() == IntegrationPattern.REQUEST_RESPONSE || submitted) {
            completion.run();
        } else {
            heldBack = completion;
        }
    }

    private IntegrationPattern pattern() {
        return invocation.resource() instanceof TaskResource.Integration service
                ? service.pattern()
                : IntegrationPattern.REQUEST_RESPONSE;
    }

    @Override
    public void onCancel(Runnable action) {
        inbox.post(() -> {
            if (over) {
                action.run();
            } else {
                cancel = action;
            }
        });
    }

    @Override
    public boolean isOver() {
        return over;
    }

    private void post(ToAttempt message) {
        // What comes too late changes nothing.
        if (!over) {
            inbox.post(this, message);
        }
    }

    @Override
    public void take(ToAttempt message) {
        if (over) {
            return;
        }
        switch (message) {
            case ToAttempt.Started(String workerName) -> {
                started = true;
                events.started(workerName);
            }
            case ToAttempt.Submitted(Object output) -> submit(output);
            case ToAttempt.Heartbeat() -> {
                if (heartbeat != null) {
                    heartbeat.cancel();
                    startHeartbeat();
                }
            }
            case ToAttempt.Succeeded(Object output) -> succeed(output);
            case ToAttempt.Failed(String error, String cause) -> fail(error, cause);
            case ToAttempt.SucceededByToken(Object output) -> afterSubmission(() -> succeed(output));
            case ToAttempt.FailedByToken(String error, String cause) -> afterSubmission(() -> fail(error, cause));
        }
    }

    private void succeed(@Nullable Object output) {
        if (PayloadLimit.exceeds(output)) {
            var failure = StateFailure.tooLarge(events.name());
            fail(failure.error(), failure.cause("", 0));
            return;
        }
        finish();
        events.succeeded(output);
        thread.resume(output);
    }

    private void fail(@Nullable String error, @Nullable String cause) {
        var unsubmitted = pattern() != IntegrationPattern.REQUEST_RESPONSE && !submitted;
        finish();
        if (unsubmitted) {
            events.submitFailed(error, cause);
        } else {
            events.failed(error, cause);
        }
        thread.resumeFailed(StateFailure.reported(error, cause));
    }

    private void timeOut(StateFailure failure) {
        if (over) {
            return;
        }
        var action = cancel;
        finish();
        events.timedOut(failure.error(), null);
        thread.resumeFailed(failure);
        if (action != null) {
            action.run();
        }
    }

    private void finish() {
        over = true;
        cancel = null;
        heldBack = null;
        thread.run().services().registry().remove(this);
        if (timeout != null) {
            timeout.cancel();
        }
        if (heartbeat != null) {
            heartbeat.cancel();
        }
    }

    @Override
    public void cancel() {
        if (over) {
            return;
        }
        var action = cancel;
        finish();
        if (action != null) {
            action.run();
        }
    }
}
