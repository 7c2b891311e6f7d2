package dev.baton.engine.inspect;

import dev.baton.asl.ChoiceState;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.Retrier;
import dev.baton.asl.State;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.WaitState;
import dev.baton.engine.inspect.StateTestResult.Status;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.ErrorMatch;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.prepare.Preparation;
import dev.baton.engine.internal.prepare.PreparedGraph;
import dev.baton.engine.internal.prepare.PreparedState;
import dev.baton.engine.internal.prepare.StateRunner;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.internal.query.Variables;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskResource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs one prepared state alone, as an execution would, and keeps what each step gave. What the state has done, a mock
/// stands for, or a task is really called; a Wait ends at once.
///
/// Which steps TestState shows for which kind of state is as the service has it in its recordings.
public final class StateTestRun extends StateRunner {
    /// The id of the event with which a state is entered that stands first in its execution.
    private static final int ENTERED_ID = 2;

    /// The steps before a state has something done.
    private static final Set<String> BEFORE = Set.of("afterInputPath", "afterParameters", "afterArguments");

    private final StateTest test;
    private final TaskHandler tasks;
    private final State state;
    private final PreparedState prepared;
    private final Surroundings here;
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> errorDetails = new LinkedHashMap<>();
    private @Nullable StateTestExchange exchange;
    private @Nullable StateTestResult result;

    private StateTestRun(StateTest test, TaskHandler tasks) {
        this.test = test;
        this.tasks = tasks;
        this.state = test.state();
        this.prepared = Preparation.alone(test.name(), state, test.language());
        var variables = new Variables(null);
        variables.assign(test.variables());
        this.here = new Surroundings(
                ContextObject.of(test.context()),
                variables,
                test.surroundings().random(),
                test.surroundings(),
                this::made);
    }

    /// Runs the state. Blocks until a task that is not mocked has ended.
    ///
    /// @throws IllegalArgumentException when the past cannot be that of this state; its message is the service's
    public static StateTestResult of(StateTest test, TaskHandler tasks) {
        return new StateTestRun(test, tasks).run();
    }

    private StateTestResult run() {
        data.put("input", test.input());
        try {
            prepared.run(this);
            return Objects.requireNonNull(result);
        } catch (StateFailure failure) {
            return failed(failure, test.input());
        }
    }

    private void made(String step, @Nullable Object value) {
        var hidden = switch (state) {
            case PassState pass -> pass.result() != null;
            case ParallelState parallel -> true;
            case MapState map -> true;
            case TaskState task -> false;
            case ChoiceState choice -> false;
            case WaitState wait -> false;
            case SucceedState succeed -> false;
            case FailState fail -> false;
        };
        if (!hidden || !BEFORE.contains(step)) {
            data.put(step, value);
        }
    }

    @Override
    public Surroundings surroundings() {
        return here;
    }

    @Override
    public @Nullable Object input() {
        return test.input();
    }

    @Override
    public @Nullable String roleArn() {
        return test.roleArn();
    }

    @Override
    public Instant now() {
        return test.surroundings().clock().instant();
    }

    /// Nobody could complete a tested task: the context object has the token that it was given.
    @Override
    public String taskToken(TaskResource called) {
        return "";
    }

    @Override
    public void mapStarted(int items) {}

    @Override
    public void leave(Exit exit, @Nullable PreparedState next) {
        result = new StateTestResult(
                Status.SUCCEEDED,
                exit.output(),
                null,
                null,
                next == null ? null : next.name(),
                exit.assigned(),
                exchange,
                data);
    }

    @Override
    public void waitUntil(Instant moment, @Nullable Object then) {
        prepared.resume(this, then);
    }

    @Override
    public void call(TaskCall call) {
        var given = test.mock() == null ? called(call) : mocked();
        data.put("result", given);
        prepared.resume(this, given);
    }

    private @Nullable Object called(TaskCall call) {
        var task = new StateTestTask(test, call);
        try {
            return task.call(tasks);
        } finally {
            exchange = task.exchange();
        }
    }

    @Override
    public void fork(List<PreparedGraph> branches, @Nullable Object input) {
        prepared.resume(this, mocked());
    }

    @Override
    public void iterate(Iterations over) {
        new StateTestMap(test, (MapState) state, data).iterate(over);
        prepared.resume(this, mocked());
    }

    @Override
    public void startMapRun(MapRunPlan plan, MapRunStart start) {
        new StateTestMap(test, (MapState) state, data).start(plan, start);
        prepared.resume(this, mocked());
    }

    private @Nullable Object mocked() {
        return switch (test.mock()) {
            case StateTestMock.Result result -> result.value();
            case StateTestMock.Failure failure -> throw StateFailure.reported(failure.error(), failure.cause());
            case null -> throw new IllegalStateException("a " + state.type() + " state needs a mock");
        };
    }

    private StateTestResult failed(StateFailure failure, @Nullable Object raw) {
        var error = failure.error();
        var cause = failure.cause(test.name(), ENTERED_ID);
        if (!failure.isFatal()) {
            var retriers = state.retry();
            for (var i = 0; i < retriers.size(); i++) {
                if (ErrorMatch.names(retriers.get(i).errorEquals(), failure)) {
                    if (retriers.get(i).maxAttemptsOrDefault() > test.past().retries()) {
                        detail("retryBackoffIntervalSeconds", backoff(retriers.get(i)));
                        detail("retryIndex", (long) i);
                        return new StateTestResult(Status.RETRIABLE, null, error, cause, null, null, exchange, data);
                    }
                    detail("retryIndex", (long) i);
                    break;
                }
            }
            var catchers = state.catchers();
            for (var i = 0; i < catchers.size(); i++) {
                if (ErrorMatch.names(catchers.get(i).errorEquals(), failure)) {
                    return caught(failure, raw, cause, i);
                }
            }
        }
        return new StateTestResult(Status.FAILED, null, error, cause, null, null, exchange, data);
    }

    private StateTestResult caught(StateFailure failure, @Nullable Object raw, @Nullable String cause, int index) {
        var catcher = prepared.catchers().find(failure);
        if (catcher == null) {
            throw new IllegalStateException("a catcher that matched does not");
        }
        try {
            detail("catchIndex", (long) index);
            var exit = catcher.exit(here, raw, failure.error(), cause);
            return new StateTestResult(
                    Status.CAUGHT_ERROR,
                    exit.output(),
                    failure.error(),
                    cause,
                    catcher.next(),
                    exit.assigned(),
                    exchange,
                    data);
        } catch (StateFailure own) {
            return new StateTestResult(
                    Status.FAILED, null, own.error(), own.cause(test.name(), ENTERED_ID), null, null, exchange, data);
        }
    }

    /// Of an error whose retriers are used up and that is caught, both are told.
    private void detail(String name, Object value) {
        errorDetails.put(name, value);
        data.put("errorDetails", errorDetails);
    }

    private long backoff(Retrier retrier) {
        var seconds = retrier.intervalSecondsOrDefault()
                * Math.pow(retrier.backoffRateOrDefault(), test.past().retries());
        var most = retrier.maxDelaySeconds();
        return (long) (most == null ? seconds : Math.min(seconds, most.doubleValue()));
    }
}
