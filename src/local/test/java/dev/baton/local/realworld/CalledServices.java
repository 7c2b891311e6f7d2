package dev.baton.local.realworld;

import static dev.baton.local.ApplicationEndpoint.allow;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.OneThread;
import dev.baton.local.states.mock.IntegrationMocks;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an embedded AWS can do of what Task states call: it is asked, by a state that calls.
final class CalledServices implements AutoCloseable {
    /// The words in which it says that something is not there.
    private static final Pattern ABSENT =
            Pattern.compile("The embedded AWS has no |NotImplemented|Unknown ?Operation|UnknownService|not here");

    private final ApplicationEndpoint aws;
    private final VirtualScheduler time;
    private final String role;
    private final Map<String, Boolean> known = new HashMap<>();
    private int calls;

    /// @param time of its executions
    CalledServices(VirtualScheduler time) {
        this(time, IntegrationMocks.NONE);
    }

    CalledServices(VirtualScheduler time, IntegrationMocks mocks) {
        aws = new ApplicationEndpoint(OneThread.under(time).mocks(mocks).start());
        this.time = time;
        role = aws.role("caller-of-all", "states.amazonaws.com", allow("*", "*"));
    }

    /// The action without its pattern, such as `athena:startQueryExecution`; of a function by its ARN `lambda:invoke`.
    static String name(String resource) {
        return switch (TaskResource.parse(resource)) {
            case TaskResource.Integration called -> called.service() + ":" + called.action();
            case TaskResource.Function function -> "lambda:invoke";
            case TaskResource.Activity activity -> "activity";
            case null -> "nothing that can be called";
        };
    }

    /// Parameters with which a call of it begins.
    static Map<String, @Nullable Object> parameters(String resource) {
        return TaskResource.parse(resource) instanceof TaskResource.Integration called
                ? ModelValues.parameters(called)
                : Map.of();
    }

    static boolean isFunction(String resource) {
        return name(resource).equals("lambda:invoke");
    }

    boolean has(String resource) {
        return switch (TaskResource.parse(resource)) {
            case TaskResource.Integration called -> known.computeIfAbsent(resource, key -> call(called));
            case TaskResource.Function function -> true;
            case TaskResource.Activity activity -> true;
            case null -> false;
        };
    }

    private boolean call(TaskResource.Integration called) {
        var execution = called(called.arn(), ModelValues.parameters(called));
        return !ABSENT.matcher(execution.error() + " " + execution.cause()).find();
    }

    /// The execution of a state that calls a resource.
    Execution called(String resource, Map<String, @Nullable Object> parameters) {
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("Type", "Task");
        state.put("Resource", resource);
        state.put("Parameters", parameters);
        state.put("TimeoutSeconds", 1L);
        state.put("End", true);
        var definition = Json.print(Map.of("StartAt", "Call", "States", Map.of("Call", state)));
        var machine = aws.states()
                .createStateMachine(r -> r.name("call-" + calls++).roleArn(role).definition(definition))
                .stateMachineArn();
        var arn = aws.states().startExecution(r -> r.stateMachineArn(machine)).executionArn();
        time.run();
        return aws.aws().states().engine().execution(arn).orElseThrow();
    }

    @Override
    public void close() {
        aws.close();
    }
}
