package dev.baton.testing;

import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.local.states.mock.IntegrationMocks;
import dev.baton.local.states.mock.MockReply;
import dev.baton.local.states.mock.MockedAnswers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/// Answers tasks as their mocks say, and remembers who asked.
final class MockedTasks implements TaskHandler {
    private final List<Mock> mocks;
    private final MockedAnswers others;
    private final Scheduler time;
    private final List<TaskStateInvocation> invocations = new ArrayList<>();
    private final Map<Place, Integer> attempts = new HashMap<>();
    private @Nullable Throwable problem;

    /// The place at which attempts are counted.
    private record Place(String executionArn, String state, List<Integer> iterations) {}

    /// @param mocks the newest first
    /// @param others answer where none of them does
    MockedTasks(List<Mock> mocks, IntegrationMocks others, Scheduler time) {
        this.mocks = mocks;
        this.others = new MockedAnswers(others);
        this.time = time;
    }

    List<TaskStateInvocation> invocations() {
        return invocations;
    }

    /// Fails the test for what must not be left to the machine's own Catch.
    void rethrow() {
        switch (problem) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    @Override
    public void start(TaskStateInvocation invocation, TaskCompletion completion) {
        invocations.add(invocation);
        var around = iterations(invocation);
        var place = new Place(invocation.executionArn(), invocation.state(), around);
        var attempt = attempts.merge(place, 1, Integer::sum) - 1;
        var mock = find(invocation.state(), attempt, around);
        var other = mock == null ? others.mocks().find(invocation) : null;
        if (other != null) {
            take(invocation, completion);
            answer(answer(others.next(other, invocation), invocation), invocation, completion);
            return;
        }
        if (mock == null) {
            fail(new AssertionFailedError(unmocked(invocation, attempt, around)), completion);
            return;
        }
        take(invocation, completion);
        answer(mock.answer(), invocation, completion);
    }

    private static Answer answer(MockReply reply, TaskStateInvocation invocation) {
        var resource = invocation.resource().arn();
        var misfit = reply.misfit(resource);
        if (misfit != null) {
            return new Answer.Computed(any -> {
                throw new AssertionFailedError(
                        "the mock of " + invocation.state() + " does not fit " + resource + ": " + misfit);
            });
        }
        var answer = switch (reply.outcome()) {
            case MockReply.Result(var value, var fit) -> new Answer.Success(value);
            case MockReply.Failure(var error, var cause) -> new Answer.Failure(error, cause);
            case MockReply.Open() -> new Answer.Silence();
        };
        return reply.delay().isZero() ? answer : answer.after(reply.delay());
    }

    /// The one for this iteration goes before the one for all.
    private @Nullable Mock find(String state, int attempt, List<Integer> around) {
        Mock general = null;
        for (var mock : mocks) {
            if (mock.fits(state, attempt, around)) {
                if (mock.iterations() != null) {
                    return mock;
                }
                general = general == null ? mock : general;
            }
        }
        return general;
    }

    /// A child of a Map Run is an execution of its own: its context object knows the iteration.
    private static List<Integer> iterations(TaskStateInvocation invocation) {
        if (invocation.iterations().isEmpty()
                && invocation.context().get("Map") instanceof Map<?, ?> map
                && map.get("Item") instanceof Map<?, ?> item
                && item.get("Index") instanceof Number index) {
            return List.of(index.intValue());
        }
        return invocation.iterations();
    }

    /// What the history tells between a task's start and its end.
    private static void take(TaskStateInvocation invocation, TaskCompletion completion) {
        switch (invocation.resource()) {
            case TaskResource.Activity activity -> completion.started(null);
            case TaskResource.Integration service
            when service.pattern() != IntegrationPattern.REQUEST_RESPONSE -> completion.submitted(Map.of());
            case TaskResource.Integration service -> {}
            case TaskResource.Function function -> {}
        }
    }

    private void answer(Answer answer, TaskStateInvocation invocation, TaskCompletion completion) {
        switch (answer) {
            case Answer.Success(var output) -> completion.success(output);
            case Answer.Failure(var error, var cause) -> completion.failure(error, cause);
            case Answer.Silence() -> {
                // The state's own timeout or heartbeat ends it.
            }
            case Answer.Delayed(var delay, var later) ->
                time.at(time.now().plus(delay), () -> answer(later, invocation, completion));
            case Answer.Computed(var function) -> {
                try {
                    answer(function.apply(invocation), invocation, completion);
                } catch (RuntimeException | AssertionError e) {
                    fail(e, completion);
                }
            }
        }
    }

    /// The first problem is the test's; `States.Runtime` ends the execution, since nothing can catch it.
    private void fail(Throwable thrown, TaskCompletion completion) {
        if (problem == null) {
            problem = thrown;
        }
        completion.failure("States.Runtime", String.valueOf(thrown.getMessage()));
    }

    private String unmocked(TaskStateInvocation invocation, int attempt, List<Integer> around) {
        var place = around.isEmpty() ? "" : " in iteration " + Mock.numbers(around);
        var known = mocks.isEmpty()
                ? " none"
                : mocks.reversed().stream().map(mock -> "\n  " + mock.told()).collect(Collectors.joining());
        return "attempt " + attempt + " of " + invocation.state() + place + " has no mock; the state calls "
                + invocation.resource().arn() + ".\nMocks that there are:" + known
                + "\nMend: .task(\"" + invocation.state() + "\").answers(…), or .always(…)";
    }
}
