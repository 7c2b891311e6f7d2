package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.ContainerSnapshot;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// The task definitions of a pipeline's containers, and the cluster that they run in. A revision is registered only
/// where it would differ from the last.
final class ContainerRevisions {
    private final EcsClient ecs;

    ContainerRevisions(EcsClient ecs) {
        this.ecs = ecs;
    }

    /// @param revision of the sources, as JSON
    /// @return the substitutions and the revision of each task definition
    Substitutions put(CompiledPipeline pipeline, Substitutions substitutions, String revision) {
        if (pipeline.containers().isEmpty()) {
            return substitutions;
        }
        ecs.createCluster(request -> request.clusterName(pipeline.cluster()));
        var there = new ContainerSnapshot(ecs);
        var more = substitutions;
        for (var container : pipeline.containers()) {
            var wanted = ContainerSnapshot.request(pipeline, container, substitutions.and("Revision", revision));
            var number = there.current(container.family())
                    .filter(newest -> same(newest, wanted))
                    .orElseGet(() -> ecs.registerTaskDefinition(wanted).taskDefinition())
                    .revision();
            more = more.and(container.revisionPlaceholder(), number.toString());
        }
        return more;
    }

    private static boolean same(TaskDefinition there, RegisterTaskDefinitionRequest wanted) {
        return there.containerDefinitions().equals(wanted.containerDefinitions())
                && there.cpu().equals(wanted.cpu())
                && there.memory().equals(wanted.memory())
                && there.taskRoleArn().equals(wanted.taskRoleArn())
                && there.executionRoleArn().equals(wanted.executionRoleArn());
    }
}
