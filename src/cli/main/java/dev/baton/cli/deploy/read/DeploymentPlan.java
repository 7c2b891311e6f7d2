package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledBoundary;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.RetainedResources;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.diagnostic.Diagnostic;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The plan of a deployment: what a compiled pipeline would be on an endpoint, beside what is there. Nothing is changed.
public final class DeploymentPlan {
    private final Endpoint endpoint;
    private final String runtime;
    private final EnvironmentNames environment;

    /// @param runtime what functions run besides the pipeline's code
    public DeploymentPlan(Endpoint endpoint, String runtime, EnvironmentNames environment) {
        this.endpoint = endpoint;
        this.runtime = runtime;
        this.environment = environment;
    }

    /// What the pipeline would be here, with the versions of functions and child machines, the revision of sources and
    /// the key of buckets that are deployed already.
    ///
    /// @param deployed what it was compiled to for the last deployment; empty where there was none
    public PipelineSnapshot intended(CompiledPipeline compiled, PipelineSnapshot deployed) {
        var pipeline = kept(compiled);
        var substitutions = known(pipeline);
        for (var function : pipeline.functions()) {
            var part = deployed.parts().get(PipelineSnapshot.function(function.name()));
            if (part != null && part.get("pinned") instanceof String pinned) {
                substitutions = substitutions.and(function.versionPlaceholder(), pinned);
            }
        }
        for (var child : pipeline.children()) {
            var part = deployed.parts().get(PipelineSnapshot.machine(child.name()));
            if (part != null && part.get("pinned") instanceof String pinned) {
                substitutions = substitutions.and(Objects.requireNonNull(child.versionPlaceholder()), pinned);
            }
        }
        var identity = new FunctionIdentity(pipeline.graph(), runtime);
        var meant = new IntendedSnapshot(pipeline, substitutions, environment, identity).snapshot();
        return meant.keeping(
                deployed,
                pipeline.functions().stream().map(CompiledFunction::name).toList());
    }

    /// The pipeline, which may still do what executions need that began before.
    public CompiledPipeline kept(CompiledPipeline pipeline) {
        return stillNeeded(pipeline).in(pipeline);
    }

    /// The resources that executions still need of what was deployed before, and that the pipeline has no more.
    public RetainedResources stillNeeded(CompiledPipeline pipeline) {
        var machine = environment.stateMachine(pipeline.machine().name());
        return new ReferencedResources(endpoint).besides(pipeline, machine, () -> known(pipeline));
    }

    /// The finding that the boundary there, an administrator's, holds less than the pipeline needs (CMP051), where it
    /// does.
    public Optional<Diagnostic> boundaryBehind(CompiledPipeline pipeline) {
        var known = known(pipeline);
        var wanted =
                statements(PolicyDocuments.normal(known.in(pipeline.boundary().policy())));
        var there = new SnapshotReader(endpoint)
                .boundary(known.in(pipeline.boundary().arn()))
                .map(part -> part.get("policy") instanceof Map<?, ?> policy ? statements(policy) : Map.of())
                .orElse(Map.of());
        var missing = wanted.entrySet().stream()
                .filter(statement -> !there.containsValue(statement.getValue()))
                .map(statement -> String.valueOf(statement.getKey()))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(CompiledBoundary.behind(
                        pipeline.name(), pipeline.boundary().name(), missing));
    }

    private static Map<?, ?> statements(Map<?, ?> policy) {
        return policy.get("Statement") instanceof Map<?, ?> bySid ? bySid : Map.of();
    }

    /// The substitutions that are known without deploying anything.
    public Substitutions known(CompiledPipeline pipeline) {
        var known = environment.substitutions(pipeline, key());
        if (!pipeline.containers().isEmpty() && !known.values().containsKey(DeployedGroups.NAME)) {
            known = new DeployedGroups(endpoint.states())
                    .known(environment.stateMachine(pipeline.machine().name()), known);
        }
        return new ContainerSnapshot(endpoint.ecs()).known(pipeline, known);
    }

    /// The key that the state bucket is encrypted with.
    private String key() {
        return new SnapshotReader(endpoint)
                .bucket(environment.bucket(CompiledBucket.STATE))
                .map(bucket -> bucket.get("encryption") instanceof Map<?, ?> encryption
                        ? String.valueOf(encryption.get("key"))
                        : "")
                .orElse("");
    }
}
