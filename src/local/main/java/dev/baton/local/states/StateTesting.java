package dev.baton.local.states;

import dev.baton.asl.Asl;
import dev.baton.asl.MapState;
import dev.baton.asl.ParallelState;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.TaskState;
import dev.baton.engine.inspect.Trial;
import dev.baton.engine.inspect.TrialMock;
import dev.baton.engine.inspect.TrialResult;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.jsonata.EvaluationContext;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// TestState: runs one state, with or without mocks, and shows what it makes of its data.
///
/// See [TestState](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html).
final class StateTesting {
    /// What a state is called that stands alone.
    private static final String ALONE = "StateName";

    private static final Set<String> NUMBERS =
            Set.of("maxConcurrency", "toleratedFailureCount", "toleratedFailurePercentage", "errorDetails");

    private final Account account;
    private final Authorizer authorizer;
    private final Machines machines;
    private final TaskHandler tasks;
    private final Scheduler scheduler;
    private final RandomGenerator random;

    StateTesting(
            Account account,
            Authorizer authorizer,
            Machines machines,
            TaskHandler tasks,
            Scheduler scheduler,
            RandomGenerator random) {
        this.account = account;
        this.authorizer = authorizer;
        this.machines = machines;
        this.tasks = tasks;
        this.scheduler = scheduler;
        this.random = random;
    }

    /// A state, and the language that the machine around it speaks.
    private record Found(String name, State state, QueryLanguage language) {}

    Map<String, @Nullable Object> test(Map<String, @Nullable Object> input, AwsRequest request) {
        authorizer.require(request.caller(), "states:TestState", "*", request.context());
        var found = find(Members.required(input, "definition"), Members.text(input, "stateName"));
        var mock = StateMock.of(found.state(), Members.object(input, "mock"));
        var roleArn = role(found.state(), mock, input, request);
        var given = Executions.parse(Members.text(input, "input"));
        var trial = new Trial(
                found.name(),
                found.state(),
                found.language(),
                given,
                new StateTestContext(account, scheduler)
                        .of(Members.text(input, "context"), found.name(), found.state(), given, roleArn),
                object(Members.text(input, "variables"), "variables"),
                roleArn,
                mock,
                past(input),
                new EvaluationContext(scheduler::now, random));
        try {
            return answer(trial, run(trial, tasks), Members.text(input, "inspectionLevel"));
        } catch (IllegalArgumentException e) {
            throw StatesErrors.validation(String.valueOf(e.getMessage()));
        }
    }

    /// On a thread of its own: those of the connections are few, and an expression may hold one for seconds.
    private static TrialResult run(Trial trial, TaskHandler tasks) {
        var result = new FutureTask<>(() -> trial.run(tasks));
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
                throw StatesErrors.invalidDefinition(Machines.words(parsed.findings()));
            }
            return new Found(ALONE, parsed.orThrow(), QueryLanguage.JSONPATH);
        }
        if (name.isEmpty()) {
            throw StatesErrors.constraint("''", "stateName", "have length greater than or equal to 1");
        }
        var parsed = Asl.parse("definition", definition, StateMachineType.STANDARD);
        if (!parsed.isValid()) {
            throw StatesErrors.invalidDefinition(Machines.words(parsed.findings()));
        }
        var machine = parsed.orThrow();
        var state = find(machine, name);
        if (state == null) {
            throw StatesErrors.validation("State not found in definition");
        }
        return new Found(
                name, state, machine.queryLanguage() == null ? QueryLanguage.JSONPATH : machine.queryLanguage());
    }

    private static @Nullable State find(StateGraph graph, String name) {
        var here = graph.states().get(name);
        if (here != null) {
            return here;
        }
        for (var state : graph.states().values()) {
            for (var each : state.graphs()) {
                var found = find(each, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable String role(
            State state, @Nullable TrialMock mock, Map<String, @Nullable Object> input, AwsRequest request) {
        var roleArn = Members.text(input, "roleArn");
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
        if (!(state instanceof TaskState)) {
            return roleArn;
        }
        if (roleArn == null) {
            throw StatesErrors.validation("RoleArn must be specified when testing a Task state");
        }
        var context = Context.builder()
                .put("iam:PassedToService", "states.amazonaws.com")
                .build();
        authorizer.require(request.caller(), "iam:PassRole", roleArn, context.or(request.context()));
        machines.checkRole(
                account.arn("states", "stateMachine:" + ALONE),
                roleArn,
                Members.required(input, "definition"),
                LoggingConfiguration.OFF);
        return roleArn;
    }

    private static Trial.Past past(Map<String, @Nullable Object> input) {
        var configuration = Members.object(input, "stateConfiguration");
        if (configuration == null) {
            return Trial.Past.NONE;
        }
        var items = Members.text(configuration, "mapItemReaderData");
        return new Trial.Past(
                configuration.get("retrierRetryCount") instanceof Number retries ? retries.intValue() : 0,
                configuration.get("mapIterationFailureCount") instanceof Number failures ? failures.longValue() : null,
                items == null ? null : array(items));
    }

    private static List<?> array(String text) {
        try {
            if (Json.parse(text) instanceof List<?> list) {
                return list;
            }
        } catch (JsonException e) {
            // said below
        }
        throw StatesErrors.validation("mapItemReaderData must be a JSON array.");
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

    private static Map<String, @Nullable Object> answer(Trial trial, TrialResult result, @Nullable String level) {
        var answer = new Members()
                .putIf("output", result.status().hasOutput() ? Json.print(result.output()) : null)
                .putIf("error", result.error())
                .putIf("cause", result.cause());
        if (level != null && !level.equals("INFO")) {
            var variables = new LinkedHashMap<>(trial.variables());
            if (result.assigned() != null) {
                variables.putAll(result.assigned());
            }
            var shown = new Members();
            result.data().forEach((name, value) -> shown.put(name, NUMBERS.contains(name) ? value : Json.print(value)));
            shown.putIf("variables", variables.isEmpty() ? null : Json.print(variables));
            answer.put("inspectionData", shown.map());
        }
        return answer.putIf("nextState", result.nextState())
                .put("status", result.status().name())
                .map();
    }
}
