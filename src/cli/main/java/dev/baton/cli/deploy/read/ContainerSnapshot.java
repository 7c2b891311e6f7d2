package dev.baton.cli.deploy.read;

import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/// The task definitions of a pipeline's containers: as they are, and as they are meant to be.
public final class ContainerSnapshot {
    private final EcsClient ecs;

    public ContainerSnapshot(EcsClient ecs) {
        this.ecs = ecs;
    }

    /// The substitutions and the last revision of each task definition that is there.
    public Substitutions known(CompiledPipeline pipeline, Substitutions substitutions) {
        var more = substitutions;
        for (var container : pipeline.containers()) {
            var there = current(container.family());
            if (there.isPresent()) {
                more = more.and(
                        container.revisionPlaceholder(), there.get().revision().toString());
            }
        }
        return more;
    }

    /// The task definition as it is now: its newest revision, and whether the pinned one may still be run.
    ///
    /// @param pinned the number that definitions name
    Optional<Map<String, @Nullable Object>> part(String family, String pinned) {
        return current(family).map(there -> {
            var part = part(
                    there.containerDefinitions(),
                    there.cpu(),
                    there.memory(),
                    there.taskRoleArn(),
                    there.executionRoleArn());
            part.put("pinned", isActive(family + ":" + pinned) ? pinned : null);
            return part;
        });
    }

    private boolean isActive(String revision) {
        try {
            return ecs.describeTaskDefinition(request -> request.taskDefinition(revision))
                            .taskDefinition()
                            .status()
                    == TaskDefinitionStatus.ACTIVE;
        } catch (ClientException e) {
            return false;
        }
    }

    /// The task definition as it is meant to be.
    ///
    /// @param substitutions with the number of its revision
    static Map<String, @Nullable Object> meant(
            CompiledPipeline pipeline, CompiledContainer container, Substitutions substitutions, String revision) {
        var wanted = request(pipeline, container, substitutions.and("Revision", revision));
        var part = part(
                wanted.containerDefinitions(),
                wanted.cpu(),
                wanted.memory(),
                wanted.taskRoleArn(),
                wanted.executionRoleArn());
        part.put("pinned", substitutions.values().get(container.revisionPlaceholder()));
        return part;
    }

    private static Map<String, @Nullable Object> part(
            List<ContainerDefinition> containers, String cpu, String memory, String role, String executionRole) {
        var part = new LinkedHashMap<String, @Nullable Object>();
        var container = containers.getFirst();
        var variables = new TreeMap<String, @Nullable Object>();
        container.environment().forEach(variable -> variables.put(variable.name(), variable.value()));
        var log = container.logConfiguration();
        part.put("image", container.image());
        part.put("command", List.copyOf(container.command()));
        part.put("environment", variables);
        part.put("cpuUnits", Long.valueOf(cpu));
        part.put("memoryMegabytes", Long.valueOf(memory));
        part.put("role", role);
        part.put("executionRole", executionRole);
        part.put("logGroup", log == null ? null : log.options().get("awslogs-group"));
        part.put("containers", (long) containers.size());
        return part;
    }

    /// The newest revision of a family, if there is one.
    public Optional<TaskDefinition> current(String family) {
        try {
            return Optional.of(ecs.describeTaskDefinition(request -> request.taskDefinition(family))
                    .taskDefinition());
        } catch (ClientException e) {
            return Optional.empty();
        }
    }

    /// The request that registers a revision as it is meant to be.
    public static RegisterTaskDefinitionRequest request(
            CompiledPipeline pipeline, CompiledContainer compiled, Substitutions substitutions) {
        var variables = new TreeMap<>(compiled.environment(substitutions));
        var container = ContainerDefinition.builder()
                .name(CompiledContainer.NAME)
                .image(substitutions.in(compiled.image()))
                .essential(true)
                .command(compiled.command())
                .environment(variables.entrySet().stream()
                        .map(variable -> KeyValuePair.builder()
                                .name(variable.getKey())
                                .value(variable.getValue())
                                .build())
                        .toList())
                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group", compiled.logGroup(),
                                "awslogs-region", substitutions.in("${Region}"),
                                "awslogs-stream-prefix", "baton")))
                .build();
        return RegisterTaskDefinitionRequest.builder()
                .family(compiled.family())
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu(Integer.toString(compiled.cpuUnits()))
                .memory(Integer.toString(compiled.memoryMegabytes()))
                .taskRoleArn(substitutions.in(pipeline.role(compiled.role()).arn()))
                .executionRoleArn(
                        substitutions.in(pipeline.role(compiled.executionRole()).arn()))
                .containerDefinitions(container)
                .build();
    }
}
