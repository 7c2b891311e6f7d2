package dev.baton.lambda.internal.task;

import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.PipelineGraphs;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.ContainerAnswer;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskResult;
import dev.baton.task.InvalidInput;

/// The answers of containers: left by them, told by the function of their task's class to the state that follows.
public final class ContainerAnswers {
    private final S3Access s3;
    private final String bucket;

    public ContainerAnswers(FunctionEnvironment environment, ServiceClients clients) {
        this.s3 = new S3Access(clients, clients.own());
        this.bucket = environment.stateBucket();
    }

    /// Leaves an answer; one of an earlier attempt is replaced.
    public void leave(TaskInvocation invocation, ContainerAnswer answer) {
        new RunState(s3, bucket).put(key(invocation), answer.toJson());
    }

    /// The result that a container left.
    ///
    /// @throws RuntimeException the failure that it left instead, as itself
    TaskResult result(TaskInvocation invocation) {
        var content = s3.read(bucket, key(invocation), null);
        if (content == null) {
            throw new InvalidInput("no container answered for \"" + invocation.node() + "\" in run "
                    + invocation.run().run());
        }
        return switch (ContainerAnswer.parse(content.bytes())) {
            case ContainerAnswer.Completed completed -> completed.result();
            case ContainerAnswer.Failed failed -> throw failed.failure();
        };
    }

    private static String key(TaskInvocation invocation) {
        var run = invocation.run();
        var node = PipelineGraphs.graph(run.pipeline())
                .node(invocation.node())
                .orElseThrow(() -> new InvalidInput("the pipeline " + run.pipeline() + " has no node \""
                        + invocation.node() + "\"; the state machine and its functions are of different versions"));
        return invocation
                .item()
                .map(item ->
                        StateKeys.answer(run.pipeline(), run.run(), itemClass(node), node.id(), run.parameters(), item))
                .orElseGet(() ->
                        StateKeys.answer(run.pipeline(), run.run(), node.taskClass(), node.id(), run.parameters()));
    }

    private static Class<?> itemClass(TaskNode node) {
        return node.items()
                .orElseThrow(
                        () -> new InvalidInput("\"" + node.id() + "\" does not expand, so it has no items; the state"
                                + " machine and its functions are of different versions"))
                .itemClass();
    }
}
