package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.lambda.internal.EmbeddedMetrics;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.Spans;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.rehearsal.ClientWarmup;
import dev.baton.lambda.internal.task.TaskDispatcher;
import dev.baton.run.TaskInvocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the tasks of one class, each attempt under the role of that class.
///
/// It is told a node and a run ([TaskInvocation]) and answers with a reference to the output
/// ([dev.baton.run.TaskResult]; [dev.baton.run.ExpandedItems] and [dev.baton.run.ItemResult] where the
/// node expands). What the task throws is what Step Functions gets: its class is the error's name.
public final class TaskFunction implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TaskFunction.class);

    private final InstantSource time;
    private final InvocationHandler handling;
    private final TaskDispatcher tasks;

    /// In Lambda: configured by the process's environment.
    public TaskFunction() {
        this(begun(System.getenv()));
    }

    /// What can be done beside all else begins.
    private static Map<String, String> begun(Map<String, String> environment) {
        ClientWarmup.begin(environment);
        return environment;
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public TaskFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment), InstantSource.system());
    }

    private TaskFunction(FunctionEnvironment environment, InstantSource time) {
        this(environment, new ServiceClients(environment), time);
    }

    TaskFunction(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.time = time;
        this.handling = new InvocationHandler(environment.shownRevision());
        this.tasks = new TaskDispatcher(environment, clients, time);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, event -> answer(event, context));
    }

    private static BooleanSupplier overdue(@Nullable Context context) {
        return context == null ? () -> false : () -> context.getRemainingTimeInMillis() <= 0;
    }

    private Map<String, @Nullable Object> answer(byte[] event, @Nullable Context context) throws Exception {
        var invocation = TaskInvocation.parse(event);
        InvocationHandler.about("pipeline", invocation.run().pipeline());
        InvocationHandler.about("execution", invocation.executionId());
        InvocationHandler.about("run", invocation.run().run());
        invocation.run().startedBy().ifPresent(who -> InvocationHandler.about("startedBy", who.shown()));
        InvocationHandler.about("task", invocation.node());
        InvocationHandler.about("attempt", Integer.toString(invocation.attempt()));
        if (context != null) {
            InvocationHandler.about("requestId", context.getAwsRequestId());
        }
        // Also what never ends has a line that says whose attempt it was.
        LOG.atInfo().log("attempt begins");
        var began = time.millis();
        var answer = Spans.in("task", about(invocation), () -> tasks.answer(invocation, overdue(context)));
        InvocationHandler.about("outcome", answer.outcome());
        EmbeddedMetrics.milliseconds(
                time.instant(), "TaskMilliseconds", time.millis() - began, List.of("pipeline", "task", "outcome"));
        return answer.json();
    }

    private static Map<String, String> about(TaskInvocation invocation) {
        return Map.of(
                "baton.pipeline", invocation.run().pipeline(),
                "baton.execution", invocation.executionId(),
                "baton.run", invocation.run().run(),
                "baton.task", invocation.node(),
                "baton.attempt", Integer.toString(invocation.attempt()));
    }
}
