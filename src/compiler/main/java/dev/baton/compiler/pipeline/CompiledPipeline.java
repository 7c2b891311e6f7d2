package dev.baton.compiler.pipeline;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.TaskGraph;
import dev.baton.run.Prefix;
import java.util.List;

/// Everything that a pipeline becomes in an account. What the environment decides stands in it as `${Name}` until
/// [Substitutions] replace it, so that it is the same, byte by byte, everywhere.
///
/// @param prefix what all names begin with
/// @param graph what it was made from
/// @param machines the state machine of the pipeline first, then its child machines; none starts one that stands before
///     it
/// @param maps what an environment says of its distributed Maps, sorted by placeholder
/// @param functions the Lambda functions, sorted by name
/// @param containers the containers of tasks on Fargate, sorted by family
/// @param roles sorted by name; all but [#deployRole], which is there before anything is deployed
/// @param boundary of all roles
/// @param deployRole with which the pipeline is deployed
/// @param triggers sorted by name
/// @param schedules sorted by name
/// @param rotations of secrets when tasks complete, sorted by the names of the secrets
/// @param buckets Baton's own and those that tasks name, sorted by logical name
/// @param findings warnings; with an error there is no compiled pipeline
public record CompiledPipeline(
        Prefix prefix,
        TaskGraph graph,
        List<CompiledMachine> machines,
        List<CompiledMap> maps,
        List<CompiledFunction> functions,
        List<CompiledContainer> containers,
        List<CompiledRole> roles,
        CompiledBoundary boundary,
        CompiledRole deployRole,
        List<CompiledTrigger> triggers,
        List<CompiledSchedule> schedules,
        List<CompiledRotation> rotations,
        List<CompiledBucket> buckets,
        List<Diagnostic> findings) {
    /// The names of a pipeline's alarms, after its state machine and a hyphen.
    public static final List<String> ALARMS =
            List.of("dead-letters", "failed", "start-errors", "start-throttled", "throttled", "timed-out");

    public CompiledPipeline {
        machines = List.copyOf(machines);
        maps = List.copyOf(maps);
        functions = List.copyOf(functions);
        containers = List.copyOf(containers);
        roles = List.copyOf(roles);
        triggers = List.copyOf(triggers);
        schedules = List.copyOf(schedules);
        rotations = List.copyOf(rotations);
        buckets = List.copyOf(buckets);
        findings = List.copyOf(findings);
    }

    public String name() {
        return graph.pipeline().name();
    }

    /// The state machine that an execution of the pipeline starts.
    public CompiledMachine machine() {
        return machines.getFirst();
    }

    /// The child machines in the order in which they are to be put: each after those that it starts, because it names
    /// their versions.
    public List<CompiledMachine> children() {
        return machines.subList(1, machines.size()).reversed();
    }

    /// The function of a kind that a pipeline has once.
    public CompiledFunction function(CompiledFunction.Kind kind) {
        return functions.stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
    }

    /// The cluster that its containers run in.
    public String cluster() {
        return machine().name();
    }

    /// @throws java.util.NoSuchElementException when there is none
    public CompiledRole role(String name) {
        return roles.stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
