package dev.baton.lambda.people;

import dev.baton.graph.TaskNode;
import dev.baton.lambda.internal.GraphInstances;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.objects.S3Access;
import dev.baton.lambda.internal.state.RunState;
import dev.baton.run.ApprovalFacts;
import dev.baton.run.BucketNames;
import dev.baton.run.PinnedObject;
import dev.baton.run.RunReference;
import dev.baton.run.StateKeys;
import dev.baton.run.TaskResult;
import dev.baton.run.code.CodeHash;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/// The facts of a node that is to be approved, read from what is deployed and stored now.
final class ApprovedFacts {
    private static final String GONE = "(gone)";

    private final FunctionEnvironment environment;
    private final GraphInstances instances;
    private final BucketNames buckets;
    private final S3Access s3;
    private final RunState state;

    ApprovedFacts(FunctionEnvironment environment, GraphInstances instances, S3Access s3) {
        this.environment = environment;
        this.instances = instances;
        this.buckets = new BucketNames(environment.buckets());
        this.s3 = s3;
        this.state = new RunState(s3, environment.stateBucket());
    }

    /// The facts as a run has them: the versions that it pinned, and what it made.
    ApprovalFacts ofRun(RunReference run, TaskNode node) {
        var instance = instances.of(run.parameters());
        var pin = state.pin(run.pipeline(), run.run());
        var inputs = new ArrayList<PinnedObject>();
        for (var required : Unneeded.unwrap(instance.task(node)).requires()) {
            if (required instanceof Unneeded) {
                continue;
            }
            var place = instance.node(required).orElseThrow();
            if (place.external()) {
                Optional.ofNullable(pin)
                        .map(pinned -> pinned.inputs().get(required.output().uri()))
                        .ifPresent(inputs::add);
            } else {
                Optional.ofNullable(state.done(StateKeys.done(
                                run.pipeline(), run.run(), place.taskClass(), place.id(), run.parameters())))
                        .flatMap(TaskResult::output)
                        .ifPresent(inputs::add);
            }
        }
        var id = environment.revision().get("id");
        return new ApprovalFacts(
                run.parameters(),
                inputs,
                CodeHash.of(node.taskClass()),
                id instanceof String text ? text : "",
                environment.need(ApprovalFacts.PLAN_VARIABLE),
                environment.need(ApprovalFacts.PERMISSIONS_VARIABLE));
    }

    /// The same as it is now: what is deployed, and which versions the inputs have.
    ApprovalFacts now(ApprovalFacts asked, TaskNode node) {
        var inputs = asked.inputs().stream().map(this::current).toList();
        var id = environment.revision().get("id");
        return new ApprovalFacts(
                asked.parameters(),
                inputs,
                CodeHash.of(node.taskClass()),
                id instanceof String text ? text : "",
                environment.need(ApprovalFacts.PLAN_VARIABLE),
                environment.need(ApprovalFacts.PERMISSIONS_VARIABLE));
    }

    private PinnedObject current(PinnedObject seen) {
        var address = buckets.locate(seen.uri());
        var version = s3.version(address.bucket(), address.key());
        return seen.version().equals(version)
                ? seen
                : new PinnedObject(seen.uri(), version == null ? GONE : version, null, 0);
    }

    /// Whether a node has anything to do for the parameters of a run.
    boolean needed(Map<String, String> parameters, TaskNode node) {
        return instances.of(parameters).needed(node);
    }
}
