package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRotation;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The snapshot that a deployment aims at: what a compiled pipeline is meant to be in an account, as a
/// [PipelineSnapshot].
///
/// @param substitutions with everything, the versions of functions and child machines too
/// @param environment the names there
/// @param identity of the functions
public record IntendedSnapshot(
        CompiledPipeline pipeline,
        Substitutions substitutions,
        EnvironmentNames environment,
        FunctionIdentity identity) {

    /// All resources.
    public PipelineSnapshot snapshot() {
        var parts = new TreeMap<String, Map<String, @Nullable Object>>();
        for (var machine : pipeline.machines()) {
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("definition", Json.parseObject(substitutions.text(machine.definition())));
            part.put("roleArn", substitutions.in(pipeline.role(machine.role()).arn()));
            encryption(part);
            if (machine.versionPlaceholder() != null) {
                part.put("pinned", substitutions.values().get(machine.versionPlaceholder()));
            }
            parts.put(PipelineSnapshot.machine(machine.name()), part);
        }
        for (var role : pipeline.roles()) {
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("trust", PolicyDocuments.normal(substitutions.in(role.trust())));
            part.put(
                    "policies",
                    new TreeMap<>(
                            Map.of(PolicyDocuments.OF_ROLE, PolicyDocuments.normal(substitutions.in(role.policy())))));
            part.put("attached", List.of());
            part.put("boundary", role.boundary() == null ? null : substitutions.in(role.boundary()));
            parts.put(PipelineSnapshot.role(role.name()), part);
        }
        var boundary = new LinkedHashMap<String, @Nullable Object>();
        boundary.put(
                "policy",
                PolicyDocuments.normal(substitutions.in(pipeline.boundary().policy())));
        parts.put(PipelineSnapshot.boundary(pipeline.boundary().name()), boundary);
        pipeline.functions()
                .forEach(function -> parts.put(PipelineSnapshot.function(function.name()), function(function)));
        for (var container : pipeline.containers()) {
            parts.put(
                    PipelineSnapshot.taskDefinition(container.family()),
                    ContainerSnapshot.meant(
                            pipeline,
                            container,
                            substitutions,
                            Json.print(environment.revision().toJson())));
        }
        for (var bucket : pipeline.buckets()) {
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("policy", PolicyDocuments.normal(substitutions.in(bucket.policy())));
            parts.put(PipelineSnapshot.bucket(environment.bucket(bucket.logical())), part);
        }
        for (var trigger : pipeline.triggers()) {
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("state", "ENABLED");
            part.put("pattern", substitutions.in(trigger.pattern()));
            part.put("targets", new TreeMap<>(Map.of(trigger.function(), environment.function(trigger.function()))));
            parts.put(PipelineSnapshot.rule(trigger.name()), part);
        }
        for (var rotation : pipeline.rotations()) {
            var machine = new LinkedHashMap<String, @Nullable Object>();
            machine.put("definition", Json.parseObject(substitutions.text(rotation.definition())));
            machine.put(
                    "roleArn", substitutions.in(pipeline.role(rotation.name()).arn()));
            encryption(machine);
            parts.put(PipelineSnapshot.machine(rotation.name()), machine);
            var rule = new LinkedHashMap<String, @Nullable Object>();
            rule.put("state", "ENABLED");
            rule.put("pattern", substitutions.in(rotation.pattern()));
            rule.put(
                    "targets",
                    new TreeMap<>(Map.of(CompiledRotation.TARGET, environment.stateMachine(rotation.name()))));
            parts.put(PipelineSnapshot.rule(rotation.name()), rule);
        }
        placed().forEach(placed ->
                parts.put(PipelineSnapshot.schedule(placed.schedule().name()), placed.part()));
        return new PipelineSnapshot(parts);
    }

    private void encryption(Map<String, @Nullable Object> machine) {
        var key = environment.machineKey(substitutions);
        if (key != null) {
            machine.put(PipelineSnapshot.MACHINE_KEY, key);
        }
    }

    /// The schedules, with the names that they call.
    public List<PlacedSchedule> placed() {
        return pipeline.schedules().stream()
                .map(schedule -> new PlacedSchedule(
                        schedule,
                        substitutions.in(pipeline.role(schedule.role()).arn()),
                        environment.function(schedule.function())))
                .toList();
    }

    private Map<String, @Nullable Object> function(CompiledFunction function) {
        var role = substitutions.in(pipeline.role(function.role()).arn());
        var variables = environment.variables(function, substitutions);
        var part = new LinkedHashMap<String, @Nullable Object>();
        part.put("role", role);
        part.put("memoryMegabytes", (long) function.memoryMegabytes());
        part.put("timeoutSeconds", (long) function.timeoutSeconds());
        part.put("environment", new TreeMap<String, @Nullable Object>(variables));
        part.put("identity", identity.description(function, role, variables));
        part.put("pinned", substitutions.values().get(function.versionPlaceholder()));
        return part;
    }
}
