package dev.baton.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.InvocationHandler;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.await.Registrations;
import dev.baton.lambda.internal.aws.AsyncInvoker;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.run.Await;
import dev.baton.run.AwaitInvocation;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Registers states that wait for other branches ([AwaitInvocation]), and begins at once what need not wait. Step
/// Functions alone invokes it: what is awaited, and what is begun then, is what the state machine says.
public final class AwaitFunction implements RequestStreamHandler {
    private final String pipeline;
    private final InvocationHandler handling;
    private final Registrations registrations;

    /// In Lambda: configured by the process's environment.
    public AwaitFunction() {
        this(System.getenv());
    }

    /// @param environment the function's variables, `AWS_…` and `BATON_…`
    public AwaitFunction(Map<String, String> environment) {
        this(new FunctionEnvironment(environment), InstantSource.system());
    }

    private AwaitFunction(FunctionEnvironment environment, InstantSource time) {
        this(environment, new ServiceClients(environment), time);
    }

    AwaitFunction(FunctionEnvironment environment, ServiceClients clients, InstantSource time) {
        this.pipeline = environment.pipeline();
        this.handling = new InvocationHandler(environment.shownRevision());
        this.registrations = new Registrations(
                environment, new S3Access(clients, clients.own()), new AsyncInvoker(clients.post(clients.own())), time);
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        handling.answer(in, out, this::answer);
    }

    private Map<String, @Nullable Object> answer(byte[] event) {
        InvocationHandler.about("pipeline", pipeline);
        var invocation = AwaitInvocation.parse(event);
        var run = invocation.run();
        if (!run.pipeline().equals(pipeline)) {
            throw new InvalidInput(
                    "this function works for the pipeline " + pipeline + ", but was asked for " + run.pipeline());
        }
        InvocationHandler.about("run", run.run());
        InvocationHandler.about("awaiter", invocation.awaiter());
        var keys = invocation.nodes().stream().map(id -> done(run, node(id))).toList();
        var begun = invocation
                .begin()
                .map(begin -> node(String.valueOf(begin.event().get("node"))));
        var await = new Await(
                invocation.awaiter(),
                invocation.token(),
                keys,
                invocation.begin(),
                begun.map(node -> done(run, node)),
                0,
                Optional.empty());
        var longest = begun.map(node -> node.declarations().timeout()).orElse(Duration.ZERO);
        try {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("waits", !registrations.register(run, await, longest));
            return answer;
        } catch (IOException | RuntimeException e) {
            throw new Unregistered(e);
        }
    }

    private TaskNode node(String id) {
        return PipelineGraphs.graph(pipeline)
                .node(id)
                .orElseThrow(() -> new InvalidInput("the pipeline " + pipeline + " has no node \"" + id
                        + "\"; the state machine and its functions are of different versions"));
    }

    private static String done(RunReference run, TaskNode node) {
        return StateKeys.done(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters());
    }
}
