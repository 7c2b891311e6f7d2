package dev.baton.compiler.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A container for the tasks of one class, to be registered as a task definition for ECS on Fargate: the same jar as
/// that of the functions, in an image. The definition of the state machine names a revision of it.
///
/// @param family of the task definition, such as `baton-weather-Simulate`
/// @param taskClass whose tasks it runs
/// @param role the name of the role that it runs with, a [CompiledRole.Kind#RUNNER]
/// @param executionRole the name of the role with which ECS fetches the image and writes the log
/// @param revisionPlaceholder what stands in definitions for the revision's number: `SimulateRevision` for
///     `${SimulateRevision}`
/// @param image with `${…}`
/// @param command what it runs
/// @param environment variables in the order of their names, with `${…}`
/// @param cpuUnits 1,024 to a CPU; one of 256, 512, 1024, 2048, 4096, 8192, 16384
/// @param memoryMegabytes what Fargate has with that CPU
/// @param logGroup where its log goes
public record CompiledContainer(
        String family,
        Class<? extends Record> taskClass,
        String role,
        String executionRole,
        String revisionPlaceholder,
        String image,
        List<String> command,
        SequencedMap<String, String> environment,
        int cpuUnits,
        int memoryMegabytes,
        String logGroup) {
    /// The container's name in its task definition, and in what overrides it.
    public static final String NAME = "task";

    /// The name of a pipeline's image where it is not the environment's to decide.
    public static final String IMAGE = "${ContainerImage}";

    public CompiledContainer {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /// The environment with everything replaced.
    public Map<String, String> environment(Substitutions substitutions) {
        var replaced = new LinkedHashMap<String, String>();
        environment.forEach((name, value) -> replaced.put(name, substitutions.in(value)));
        return replaced;
    }
}
