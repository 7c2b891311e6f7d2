package dev.baton.local.realworld;

import static dev.baton.local.ApplicationEndpoint.allow;

import dev.baton.engine.task.TaskResource;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.OneThread;
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

    /// @param time of its executions
    CalledServices(VirtualScheduler time) {
        aws = new ApplicationEndpoint(OneThread.under(time).start());
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
        var parameters = new LinkedHashMap<String, @Nullable Object>(ModelValues.parameters(called));
        var state = new LinkedHashMap<String, @Nullable Object>();
        state.put("Type", "Task");
        state.put("Resource", called.arn());
        state.put("Parameters", parameters);
        state.put("TimeoutSeconds", 1L);
        state.put("End", true);
        var definition = Json.print(Map.of("StartAt", "Call", "States", Map.of("Call", state)));
        var machine = aws.states()
                .createStateMachine(
                        r -> r.name("call-" + known.size()).roleArn(role).definition(definition))
                .stateMachineArn();
        var arn = aws.states().startExecution(r -> r.stateMachineArn(machine)).executionArn();
        time.run();
        var execution = aws.aws().states().engine().execution(arn).orElseThrow();
        return !ABSENT.matcher(execution.error() + " " + execution.cause()).find();
    }

    @Override
    public void close() {
        aws.close();
    }
}
