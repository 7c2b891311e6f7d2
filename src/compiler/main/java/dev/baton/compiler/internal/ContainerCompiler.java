package dev.baton.compiler.internal;

import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.graph.Declarations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/// The containers of a pipeline: those of the classes whose tasks run on Fargate.
public final class ContainerCompiler {
    /// How much longer than the work in a container its state waits: for the image, the network, and the container's
    /// own end.
    public static final int START_SECONDS = 600;

    private static final List<String> COMMAND =
            List.of("java", "-XX:MaxRAMPercentage=75", "-cp", "lib/*", "dev.baton.lambda.TaskContainer");

    private ContainerCompiler() {}

    /// @param functions those of the same classes, whose variables the containers have too
    public static List<CompiledContainer> of(
            ResourceNames names, List<TaskClass> classes, List<CompiledFunction> functions) {
        return classes.stream()
                .filter(TaskClass::onFargate)
                .map(type -> container(names, type, functions))
                .sorted((a, b) -> a.family().compareTo(b.family()))
                .toList();
    }

    private static CompiledContainer container(ResourceNames names, TaskClass type, List<CompiledFunction> functions) {
        var family = names.function(type.type());
        var environment = new TreeMap<String, String>();
        functions.stream()
                .filter(function -> function.name().equals(family))
                .forEach(function -> environment.putAll(function.environment()));
        environment.put(
                "BATON_TIMEOUT_SECONDS", Integer.toString(FunctionCompiler.timeoutSeconds(type.declarations())));
        return new CompiledContainer(
                family,
                type.type(),
                names.runnerRole(type.type()),
                names.own("containers"),
                names.revision(type.type()),
                CompiledContainer.IMAGE,
                COMMAND,
                new LinkedHashMap<>(environment),
                units(type.declarations()),
                type.declarations().compute().memoryMegabytes(),
                logGroup(family));
    }

    private static int units(Declarations declarations) {
        return declarations.compute().milliCpu() * 1_024 / 1_000;
    }

    /// The group for a container's log.
    public static String logGroup(String family) {
        return "/aws/ecs/" + family;
    }
}
