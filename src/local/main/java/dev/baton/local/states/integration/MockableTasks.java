package dev.baton.local.states.integration;

import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskProgress;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.states.mock.IntegrationMock;
import dev.baton.local.states.mock.MockLog;
import dev.baton.local.states.mock.MockReply;
import dev.baton.local.states.mock.MockedAnswers;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Answers the Task states that are mocked, and has the integrations call for all others.
///
/// A mocked call needs a role that Step Functions may assume, as every call. What the role may do beyond is not asked:
/// the resources of a service that is not there are not known.
public final class MockableTasks implements TaskHandler {
    private final Integrations integrations;
    private final MockedAnswers answers;
    private final MockLog log;
    private final Scheduler scheduler;
    private final Executor threads;

    public MockableTasks(
            Integrations integrations, MockedAnswers answers, MockLog log, Scheduler scheduler, Executor threads) {
        this.integrations = integrations;
        this.answers = answers;
        this.log = log;
        this.scheduler = scheduler;
        this.threads = threads;
    }

    @Override
    public void start(TaskStateInvocation invocation, TaskCompletion completion) {
        var mock = answers.mocks().find(invocation);
        if (mock == null) {
            integrations.start(invocation, completion);
        } else {
            threads.execute(() -> answer(mock, invocation, completion));
        }
    }

    @Override
    public @Nullable String missing(TaskResource resource) {
        return answers.mocks().mayAnswer(resource.arn()) ? null : integrations.missing(resource);
    }

    @Override
    public @Nullable String refused(TaskStateInvocation invocation) {
        return integrations.refused(invocation);
    }

    /// A mock has no effect, so that it can be asked again; what waits for a token waits on.
    @Override
    public void resume(TaskStateInvocation invocation, TaskProgress progress, TaskCompletion completion) {
        var mock = answers.mocks().find(invocation);
        if (mock == null) {
            integrations.resume(invocation, progress, completion);
        } else {
            threads.execute(() -> answer(mock, invocation, completion));
        }
    }

    private void answer(IntegrationMock mock, TaskStateInvocation invocation, TaskCompletion completion) {
        try {
            integrations.roles().caller(invocation);
            log.add(invocation, mock);
        } catch (TaskFailure e) {
            completion.failure(e.error(), e.getMessage());
            return;
        } catch (UncheckedIOException e) {
            completion.failure("States.Runtime", "The mock's answer cannot be logged: " + e.getMessage());
            return;
        }
        var reply = answers.next(mock, invocation);
        take(invocation.resource(), completion);
        if (reply.delay().isZero()) {
            end(reply, invocation, completion);
        } else {
            var alarm = scheduler.at(scheduler.now().plus(reply.delay()), () -> end(reply, invocation, completion));
            completion.onCancel(alarm::cancel);
        }
    }

    /// What the history tells between a task's start and its end.
    private static void take(TaskResource resource, TaskCompletion completion) {
        switch (resource) {
            case TaskResource.Activity activity -> completion.started("mock");
            case TaskResource.Integration called
            when called.pattern() != IntegrationPattern.REQUEST_RESPONSE -> completion.submitted(Map.of());
            case TaskResource.Integration called -> {}
            case TaskResource.Function function -> {}
        }
    }

    private static void end(MockReply reply, TaskStateInvocation invocation, TaskCompletion completion) {
        var misfit = reply.misfit(invocation.resource().arn());
        if (misfit != null) {
            completion.failure(
                    "States.Runtime",
                    "The mock does not fit " + invocation.resource().arn() + ": " + misfit);
            return;
        }
        switch (reply.outcome()) {
            case MockReply.Result(var value, var fit) -> completion.success(value);
            case MockReply.Failure(var error, var cause) -> completion.failure(error, cause);
            case MockReply.Open() -> {
                // Its token, its timeout or its heartbeat ends it.
            }
        }
    }
}
