package dev.baton.local.states;

import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.TaskState;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.inspect.StateTest;
import dev.baton.engine.inspect.StateTestMock;
import dev.baton.engine.inspect.StateTestResult;
import dev.baton.engine.inspect.StateTestRun;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// TestState: runs one state, with or without mocks, and shows what it makes of its data.
///
/// See [TestState](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html).
record StateTestAction(
        Account account, Machines machines, TaskHandler tasks, Scheduler scheduler, RandomGenerator random) {
    /// The most characters of what stands for data.

    /// What a state is called that stands alone.
    private static final String ALONE = "StateName";

    private static final Set<String> NUMBERS =
            Set.of("maxConcurrency", "toleratedFailureCount", "toleratedFailurePercentage", "errorDetails");

    /// A state, and the language that the machine around it speaks.
    ///
    /// @param around the Map whose iterations it belongs to, or null
    private record Found(
            String name,
            State state,
            QueryLanguage language,
            @Nullable MapState around) {}

    ApiOperation<JsonAction> operation() {
        return ApiOperation.reading(
                "TestState", this::test, "states:TestState", "states:RevealSecrets", "iam:PassRole");
    }

    private Map<String, @Nullable Object> test(ApiInput input, ApiCall call) {
        call.require("*");
        var level = input.text("inspectionLevel");
        var found = find(input.require("definition"), input.text("stateName"));
        var mock = StateMock.of(found.state(), input.objectIf("mock"));
        secrets(mock, input, call);
        var roleArn = role(found.state(), mock, input, call);
        var given = Executions.parse(input.text("input"));
        var context = input.text("context");
        if (context != null && mock == null) {
            throw StatesErrors.validation("Context can only be specified when a mock is specified");
        }
        var test = new StateTest(
                found.name(),
                found.state(),
                found.language(),
                given,
                new StateTestContext(account, scheduler)
                        .of(context, found.name(), found.state(), found.around(), given, roleArn),
                object(input.text("variables"), "variables"),
                roleArn,
                mock,
                past(found, mock, input),
                new EvaluationContext(scheduler::now, random));
        try {
            return answer(test, run(test, tasks), level, input.flag("revealSecrets"));
        } catch (IllegalArgumentException e) {
            throw StatesErrors.validation(String.valueOf(e.getMessage()));
        }
    }

    /// What a connection adds to a request is for those who may reveal it, and a mock has none.
    private void secrets(@Nullable StateTestMock mock, ApiInput input, ApiCall call) {
        if (!input.flag("revealSecrets")) {
            return;
        }
        if (mock != null) {
            throw StatesErrors.validation("RevealSecrets cannot be true when a mock is specified");
        }
        call.require("states:RevealSecrets", "*", RequestContext.EMPTY);
    }

    /// On a thread of its own: those of the connections are few, and an expression may hold one for seconds.
    private static StateTestResult run(StateTest test, TaskHandler tasks) {
        var result = new FutureTask<>(() -> StateTestRun.of(test, tasks));
        Thread.ofPlatform().name("test-state").daemon().start(result);
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a state was tested", e);
        }
    }

    private static Found find(String definition, @Nullable String name) {
        if (name == null) {
            var parsed = Asl.parseState("definition", definition, StateMachineType.STANDARD);
            if (!parsed.isValid()) {
                throw StatesErrors.invalidDefinition(parsed.findings());
            }
            return new Found(ALONE, parsed.orThrow(), QueryLanguage.JSONPATH, null);
        }
        var parsed = Asl.parse("definition", definition, StateMachineType.STANDARD);
        if (!parsed.isValid()) {
            throw StatesErrors.invalidDefinition(parsed.findings());
        }
        var machine = parsed.orThrow();
        var language = machine.queryLanguage() == null ? QueryLanguage.JSONPATH : machine.queryLanguage();
        var found = find(machine, name, language, null);
        if (found == null) {
            throw StatesErrors.validation("State not found in definition");
        }
        return found;
    }

    private static @Nullable Found find(
            StateGraph graph, String name, QueryLanguage language, @Nullable MapState around) {
        var here = graph.states().get(name);
        if (here != null) {
            return new Found(name, here, language, around);
        }
        for (var state : graph.states().values()) {
            for (var each : state.graphs()) {
                var found = find(each, name, language, state instanceof MapState map ? map : around);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable String role(State state, @Nullable StateTestMock mock, ApiInput input, ApiCall call) {
        var roleArn = input.text("roleArn");
        if (mock != null) {
            return roleArn;
        }
        if (state instanceof MapState || state instanceof ParallelState) {
            throw new AwsError(
                    400,
                    "InvalidDefinition",
                    "TestState API does not support Map or Parallel states. Supported state types include: "
                            + "[Task, Wait, Pass, Succeed, Fail, Choice]");
        }
        if (!(state instanceof TaskState task)) {
            return roleArn;
        }
        if (!answersAtOnce(task)) {
            throw StatesErrors.validation("A mock must be specified when testing a Task state with an activity, or with"
                    + " the .sync or .waitForTaskToken service integration pattern");
        }
        if (roleArn == null) {
            throw StatesErrors.validation("RoleArn must be specified when testing a Task state");
        }
        call.passRole(roleArn, "states.amazonaws.com");
        machines.checkRole(
                account.arn("states", "stateMachine:" + ALONE), roleArn, Stream.of(task), LoggingConfiguration.OFF);
        return roleArn;
    }

    /// See *Testing Activity, .sync, and .waitForTaskToken states* of the [developer
    /// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
    private static boolean answersAtOnce(TaskState task) {
        return !(TaskResource.parse(task.resource()) instanceof TaskResource.Activity)
                && IntegrationPattern.of(task.resource()) == IntegrationPattern.REQUEST_RESPONSE;
    }

    /// What the `stateConfiguration` of a request says, as the API reference has it.
    private static StateTest.Past past(Found found, @Nullable StateTestMock mock, ApiInput input) {
        var configuration = input.objectIf("stateConfiguration");
        if (configuration == null) {
            return StateTest.Past.NONE;
        }
        var retries = configuration.number("retrierRetryCount");
        var failures = configuration.number("mapIterationFailureCount");
        if (failures != null && mock == null) {
            throw StatesErrors.validation("MapIterationFailureCount can only be specified when a mock is specified");
        }
        var cause = configuration.text("errorCausedByState");
        if (cause != null && found.state().graphs().stream().noneMatch(graph -> has(graph, cause))) {
            throw StatesErrors.validation("State '" + cause + "' not found in definition");
        }
        return new StateTest.Past(
                retries == null ? 0 : retries.intValue(),
                failures == null ? null : failures.longValue(),
                configuration.text("mapItemReaderData"));
    }

    private static boolean has(StateGraph graph, String name) {
        return find(graph, name, QueryLanguage.JSONPATH, null) != null;
    }

    private static Map<String, @Nullable Object> object(@Nullable String text, String member) {
        if (text == null) {
            return Map.of();
        }
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw StatesErrors.validation("The " + member + " must be a JSON object.");
        }
    }

    private static Map<String, @Nullable Object> answer(
            StateTest test, StateTestResult result, @Nullable String level, boolean reveal) {
        var answer = new JsonAnswer()
                .putIf("output", result.status().hasOutput() ? Json.print(result.output()) : null)
                .putIf("error", result.error())
                .putIf("cause", result.cause());
        if (level != null && !level.equals("INFO")) {
            var variables = new LinkedHashMap<>(test.variables());
            if (result.assigned() != null) {
                variables.putAll(result.assigned());
            }
            var shown = new JsonAnswer();
            result.data().forEach((name, value) -> shown.put(name, NUMBERS.contains(name) ? value : Json.print(value)));
            shown.putIf("variables", variables.isEmpty() ? null : Json.print(variables));
            var exchange = result.exchange();
            if (exchange != null && level.equals("TRACE")) {
                shown.put("request", reveal ? exchange.revealed() : exchange.request());
                shown.put("response", exchange.response());
            }
            answer.put("inspectionData", shown.map());
        }
        return answer.putIf("nextState", result.nextState())
                .put("status", result.status().name())
                .map();
    }
}
