package dev.baton.engine.inspect;

import dev.baton.asl.ChoiceRule;
import dev.baton.asl.ChoiceState;
import dev.baton.asl.DataFlow;
import dev.baton.asl.FailState;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.PassState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.Retrier;
import dev.baton.asl.State;
import dev.baton.asl.SucceedState;
import dev.baton.asl.TaskState;
import dev.baton.asl.Transition;
import dev.baton.asl.WaitState;
import dev.baton.engine.inspect.StateTestResult.Status;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.Catchers;
import dev.baton.engine.internal.prepare.ChoiceCondition;
import dev.baton.engine.internal.prepare.ErrorMatch;
import dev.baton.engine.internal.prepare.PreparedInlineMap;
import dev.baton.engine.internal.prepare.PreparedWait;
import dev.baton.engine.internal.query.Assignment;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonPathFlow;
import dev.baton.engine.internal.query.ResultPlace;
import dev.baton.engine.internal.query.StateDataFlow;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.internal.query.TemplateCompiler;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.internal.query.Variables;
import dev.baton.engine.task.TaskHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs one state alone, step by step, and keeps what each step gave.
///
/// Which steps TestState shows for which kind of state is as the service has it in its recordings.
public final class StateTestRun {
    /// The id of the event with which a state is entered that stands first in its execution.
    private static final int ENTERED_ID = 2;

    private final StateTest trial;
    private final TaskHandler tasks;
    private final State state;
    private final QueryLanguage language;
    private final StateDataFlow flow;
    private final FieldScope.Surroundings here;
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
    private @Nullable StateTestExchange exchange;
    private final Map<String, @Nullable Object> errorDetails = new LinkedHashMap<>();

    public StateTestRun(StateTest trial, TaskHandler tasks) {
        this.trial = trial;
        this.tasks = tasks;
        this.state = trial.state();
        this.language = state.queryLanguage() == null ? trial.language() : state.queryLanguage();
        this.flow = StateDataFlow.of(
                language, state instanceof MapState ? PreparedInlineMap.withoutParameters(state.data()) : state.data());
        var variables = new Variables(null);
        variables.assign(trial.variables());
        this.here = new FieldScope.Surroundings(
                ContextObject.of(trial.context()),
                variables,
                trial.surroundings().random(),
                trial.surroundings());
    }

    public StateTestResult run() {
        var raw = trial.input();
        data.put("input", raw);
        try {
            return switch (state) {
                case PassState pass -> pass(pass, raw);
                case TaskState task -> task(task, raw);
                case ChoiceState choice -> choice(choice, raw);
                case WaitState wait -> waited(wait, raw);
                case SucceedState succeed -> succeeded(flow.pass(here, raw, effective(raw)), null);
                case FailState fail -> throw failure(fail, raw);
                case ParallelState parallel -> worked(raw, mocked(), parallel.transition());
                case MapState map -> map(map, raw);
            };
        } catch (StateFailure failure) {
            return failed(failure, raw);
        }
    }

    private boolean isPaths() {
        return language == QueryLanguage.JSONPATH;
    }

    /// The effective input, noted where the language has such a thing.
    private @Nullable Object effective(@Nullable Object raw) {
        var effective = flow.effectiveInput(here, raw);
        if (isPaths()) {
            data.put("afterInputPath", effective);
        }
        return effective;
    }

    private StateTestResult pass(PassState pass, @Nullable Object raw) {
        if (!isPaths()) {
            return succeeded(flow.pass(here, raw, raw), next(pass.transition()));
        }
        if (pass.result() != null) {
            data.put("result", pass.result().value());
            return left(raw, pass.result().value(), pass.transition());
        }
        var arguments = flow.arguments(here, effective(raw));
        data.put("afterParameters", arguments);
        return left(raw, arguments, pass.transition());
    }

    private StateTestResult task(TaskState task, @Nullable Object raw) {
        var effective = effective(raw);
        var arguments = flow.arguments(here, effective);
        data.put(isPaths() ? "afterParameters" : "afterArguments", arguments);
        return worked(raw, trial.mock() == null ? called(task, effective, arguments) : mocked(), task.transition());
    }

    private @Nullable Object called(TaskState task, @Nullable Object effective, @Nullable Object arguments) {
        var call = new StateTestTask(trial, here, task, language);
        try {
            return call.call(tasks, effective, arguments);
        } finally {
            exchange = call.exchange();
        }
    }

    /// A state that had something done, and what came of it.
    private StateTestResult worked(@Nullable Object raw, @Nullable Object result, Transition transition) {
        if (state instanceof TaskState) {
            data.put("result", result);
        }
        return left(raw, result, transition);
    }

    private StateTestResult left(@Nullable Object raw, @Nullable Object result, Transition transition) {
        if (!isPaths()) {
            return succeeded(flow.exit(here, raw, result), next(transition));
        }
        DataFlow fields = state.data();
        var selected = fields.resultSelector() == null
                ? result
                : TemplateCompiler.compile(language, fields.resultSelector().value(), "ResultSelector")
                        .evaluate(new FieldScope(here, result));
        data.put("afterResultSelector", selected);
        var assign = Assignment.of(language, fields.assign(), "Assign");
        var assigned = assign == null ? null : assign.evaluate(new FieldScope(here, selected));
        var placed = ResultPlace.of(fields.resultPath()).put(raw, selected);
        data.put("afterResultPath", placed);
        return succeeded(new Exit(((JsonPathFlow) flow).output(here, placed), assigned), next(transition));
    }

    private StateTestResult choice(ChoiceState choice, @Nullable Object raw) {
        var effective = effective(raw);
        var at = new FieldScope(here, effective);
        for (var i = 0; i < choice.choices().size(); i++) {
            var rule = choice.choices().get(i);
            if (ChoiceCondition.of(rule.condition(), "Choices[" + i + "]/Condition")
                    .holds(at)) {
                return succeeded(exit(rule, "Choices[" + i + "]", at), rule.next());
            }
        }
        if (choice.defaultState() == null) {
            throw StateFailure.noChoiceMatched();
        }
        return succeeded(flow.pass(here, raw, effective), choice.defaultState());
    }

    private Exit exit(ChoiceRule rule, String field, FieldScope at) {
        var assign = Assignment.of(language, rule.assign(), field + "/Assign");
        var assigned = assign == null ? null : assign.evaluate(at);
        if (isPaths()) {
            return new Exit(((JsonPathFlow) flow).output(here, at.input()), assigned);
        }
        return new Exit(
                rule.output() == null
                        ? at.input()
                        : TemplateCompiler.compile(language, rule.output().value(), field + "/Output")
                                .evaluate(at),
                assigned);
    }

    /// A Wait ends at once: nobody wants to wait for a test.
    private StateTestResult waited(WaitState wait, @Nullable Object raw) {
        var effective = effective(raw);
        PreparedWait.until(
                wait,
                new FieldScope(here, effective),
                trial.surroundings().clock().instant());
        return succeeded(flow.pass(here, raw, effective), next(wait.transition()));
    }

    private StateFailure failure(FailState fail, @Nullable Object raw) {
        var at = new FieldScope(here, effective(raw));
        var error = TextField.of(fail.error(), "Error");
        var cause = TextField.of(fail.cause(), "Cause");
        return StateFailure.reported(
                error == null ? null : error.evaluate(at), cause == null ? null : cause.evaluate(at));
    }

    private StateTestResult map(MapState map, @Nullable Object raw) {
        var effective = flow.effectiveInput(here, raw);
        new StateTestMap(trial, map, language, data).prepare(new FieldScope(here, effective), effective);
        return worked(raw, mocked(), map.transition());
    }

    private @Nullable Object mocked() {
        return switch (trial.mock()) {
            case StateTestMock.Result result -> result.value();
            case StateTestMock.Failure failure -> throw StateFailure.reported(failure.error(), failure.cause());
            case null -> throw new IllegalStateException("a " + state.type() + " state needs a mock");
        };
    }

    private static @Nullable String next(Transition transition) {
        return transition instanceof Transition.Next next ? next.state() : null;
    }

    private StateTestResult succeeded(Exit exit, @Nullable String next) {
        return new StateTestResult(Status.SUCCEEDED, exit.output(), null, null, next, exit.assigned(), exchange, data);
    }

    private StateTestResult failed(StateFailure failure, @Nullable Object raw) {
        var error = failure.error();
        var cause = failure.cause(trial.name(), ENTERED_ID);
        if (!failure.isFatal()) {
            var retriers = state.retry();
            for (var i = 0; i < retriers.size(); i++) {
                if (ErrorMatch.names(retriers.get(i).errorEquals(), failure)) {
                    if (retriers.get(i).maxAttemptsOrDefault() > trial.past().retries()) {
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
                    return caught(new Catchers(language, catchers), failure, raw, cause, i);
                }
            }
        }
        return new StateTestResult(Status.FAILED, null, error, cause, null, null, exchange, data);
    }

    private StateTestResult caught(
            Catchers catchers, StateFailure failure, @Nullable Object raw, @Nullable String cause, int index) {
        var catcher = catchers.find(failure);
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
                    Status.FAILED, null, own.error(), own.cause(trial.name(), ENTERED_ID), null, null, exchange, data);
        }
    }

    /// Of an error whose retriers are used up and that is caught, both are told.
    private void detail(String name, Object value) {
        errorDetails.put(name, value);
        data.put("errorDetails", errorDetails);
    }

    private long backoff(Retrier retrier) {
        var seconds = retrier.intervalSecondsOrDefault()
                * Math.pow(retrier.backoffRateOrDefault(), trial.past().retries());
        var most = retrier.maxDelaySeconds();
        return (long) (most == null ? seconds : Math.min(seconds, most.doubleValue()));
    }
}
