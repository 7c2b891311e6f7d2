package dev.baton.testing;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/// The outcome of an execution of a [MockedMachine], to look at and to make assertions about.
///
/// Every assertion that fails shows what was expected, what was, and how the execution went; one that holds returns
/// this execution for the next.
public final class MockedExecution {
    private final Execution execution;
    private final List<TaskStateInvocation> invocations;
    private final Instant end;

    MockedExecution(Execution execution, List<TaskStateInvocation> invocations, Instant end) {
        this.execution = execution;
        this.invocations = List.copyOf(invocations);
        this.end = end;
    }

    public MockedExecution hasSucceeded() {
        return hasStatus(ExecutionStatus.SUCCEEDED);
    }

    public MockedExecution hasFailed() {
        return hasStatus(ExecutionStatus.FAILED);
    }

    /// The machine's own TimeoutSeconds, or five minutes of an EXPRESS execution, ended it.
    public MockedExecution hasTimedOut() {
        return hasStatus(ExecutionStatus.TIMED_OUT);
    }

    /// A task never completed, and nothing gives it up.
    public MockedExecution isRunning() {
        return hasStatus(ExecutionStatus.RUNNING);
    }

    private MockedExecution hasStatus(ExecutionStatus expected) {
        return check("status", expected, execution.status());
    }

    /// It succeeded, with that output.
    ///
    /// @param json JSON text; blanks and the order of keys do not count
    public MockedExecution hasOutput(String json) {
        return hasSucceeded().checkJson("output", json, execution.output());
    }

    /// @param error the name, such as `States.Timeout`
    public MockedExecution hasError(String error) {
        return check("error", error, execution.error());
    }

    public MockedExecution hasCause(String cause) {
        return check("cause", cause, execution.cause());
    }

    /// The names of all states that were entered, in order.
    public MockedExecution hasPath(String... states) {
        return check("path", List.of(states), path());
    }

    /// The types of all events of the history, in order.
    public MockedExecution hasEvents(EventType... types) {
        return check("history", List.of(types), events());
    }

    /// How often the state called its resource, in all iterations together.
    public MockedExecution hasAttempts(String state, int attempts) {
        return check(
                "number of attempts of " + state, attempts, invocations(state).size());
    }

    /// What the state sent to its resource when it called it that time.
    ///
    /// @param call counted from 0, in the order of the calls in all iterations together
    /// @param json JSON text; blanks and the order of keys do not count
    public MockedExecution hasRequest(String state, int call, String json) {
        var calls = invocations(state);
        if (call >= calls.size()) {
            return check("number of attempts of " + state, "more than " + call, calls.size());
        }
        return checkJson(
                "request of call " + call + " of " + state,
                json,
                calls.get(call).parameters());
    }

    /// The virtual time from start to end.
    public MockedExecution lasted(Duration duration) {
        return check("duration", duration, duration());
    }

    public ExecutionStatus status() {
        return execution.status();
    }

    /// The output as JSON text; `null` unless it succeeded.
    public String output() {
        return Json.print(execution.output());
    }

    /// The names of all states that were entered, in order.
    public List<String> path() {
        return execution.history().stream()
                .map(event -> event.details() instanceof EventDetails.StateEntered entered ? entered.name() : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /// The types of all events of the history, in order.
    public List<EventType> events() {
        return execution.history().stream().map(event -> event.type()).toList();
    }

    /// The calls of a Task state, in order.
    public List<TaskStateInvocation> invocations(String state) {
        return invocations.stream()
                .filter(invocation -> invocation.state().equals(state))
                .toList();
    }

    /// The virtual time from start to end, or until nothing more happened.
    public Duration duration() {
        var stop = execution.stopDate();
        return Duration.between(execution.startDate(), stop == null ? end : stop);
    }

    /// All else: the history, above all.
    public Execution execution() {
        return execution;
    }

    private MockedExecution checkJson(String what, String expected, @Nullable Object actual) {
        var wanted = Json.parse(expected);
        return Objects.equals(wanted, actual) ? this : check(what, Json.print(wanted), Json.print(actual));
    }

    private MockedExecution check(String what, Object expected, @Nullable Object actual) {
        if (expected.equals(actual)) {
            return this;
        }
        throw new AssertionFailedError(
                "expected the " + what + "\n  " + expected + "\nbut it was\n  " + actual + "\n" + told(),
                expected,
                actual);
    }

    /// How the execution went, for people.
    private String told() {
        var text = new StringBuilder("The execution ").append(execution.status());
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            text.append(" with ").append(output());
        }
        if (execution.error() != null) {
            text.append(" with ").append(execution.error());
        }
        if (execution.cause() != null) {
            text.append(": ").append(execution.cause());
        }
        return text.append(" after ")
                .append(duration())
                .append("; it entered ")
                .append(String.join(" > ", path()))
                .toString();
    }

    @Override
    public String toString() {
        return told();
    }
}
