package dev.baton.cli.operate;

import dev.baton.cli.deploy.Endpoint;
import dev.baton.cli.deploy.PinnedVersions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// The versions of state machines and functions, and the revisions of task definitions, that nothing uses any more.
///
/// A version of a state machine is used by the aliases that route to it, by executions that run on it, and by those
/// that may still be redriven, which Step Functions itself says. A version of a function, and one of a child machine, is
/// used by definitions: those of used versions, the current ones, and those of executions that were started on no
/// version. So is a revision of a task definition. The newest of a function, a child machine or a task definition stays:
/// a deployment may be about to name it.
public final class Garbage {
    private static final Pattern FUNCTION = Pattern.compile(":function:([A-Za-z0-9_-]+):([0-9]+)$");
    private static final String LATEST = "$LATEST";

    private final Endpoint endpoint;
    private final Set<String> definitions = new HashSet<>();
    private final Set<String> usedMachines = new HashSet<>();
    private final Set<String> unusedDefinitions = new HashSet<>();

    /// What is unused.
    ///
    /// @param machines ARNs of versions of state machines
    /// @param functions ARNs of versions of functions
    /// @param taskDefinitions ARNs of revisions
    public record Unused(List<String> machines, List<String> functions, List<String> taskDefinitions) {
        public Unused {
            machines = List.copyOf(machines);
            functions = List.copyOf(functions);
            taskDefinitions = List.copyOf(taskDefinitions);
        }
    }

    public Garbage(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// What a pipeline has left behind.
    public Unused of(String pipeline) {
        var name = "baton-" + pipeline;
        var part = Pattern.compile(Pattern.quote(name) + "(-part-[0-9]+)?");
        var machines = new ArrayList<String>();
        endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .filter(machine -> part.matcher(machine.name()).matches())
                .forEach(machine -> machines.addAll(
                        machine(machine.stateMachineArn(), !machine.name().equals(name))));
        // A child whose parent may run is needed, although no execution of its own has begun.
        var reached = PinnedVersions.reached(endpoint.states(), definitions);
        usedMachines.addAll(reached.machines());
        var used = reached.all();
        var unused = new ArrayList<String>();
        // Functions of classes that the pipeline has no more are found by the definitions that still name them.
        var functions = new TreeSet<>(used.keySet());
        endpoint.lambda().listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(function -> function.startsWith(name + "-") && ofPipeline(function, pipeline))
                .forEach(functions::add);
        for (var function : functions) {
            var named = used.get(function);
            unused.addAll(versions(function, named == null ? Set.of() : named));
        }
        return new Unused(
                machines.stream()
                        .filter(version -> !usedMachines.contains(version))
                        .toList(),
                unused,
                revisions(reached.taskDefinitions()));
    }

    /// A pipeline `weather` has functions that begin as those of a pipeline `weather-maps` do.
    private boolean ofPipeline(String function, String pipeline) {
        return endpoint.lambda()
                .getFunctionConfiguration(request -> request.functionName(function))
                .environment()
                .variables()
                .getOrDefault("BATON_PIPELINE", "")
                .equals(pipeline);
    }

    /// @return all its versions
    private List<String> machine(String machine, boolean child) {
        var states = endpoint.states();
        var used = new HashSet<String>();
        states.listStateMachineAliases(request -> request.stateMachineArn(machine))
                .stateMachineAliases()
                .forEach(alias -> states.describeStateMachineAlias(
                                request -> request.stateMachineAliasArn(alias.stateMachineAliasArn()))
                        .routingConfiguration()
                        .forEach(route -> used.add(route.stateMachineVersionArn())));
        definitions.add(states.describeStateMachine(request -> request.stateMachineArn(machine))
                .definition());
        states.listExecutionsPaginator(request -> request.stateMachineArn(machine)).executions().stream()
                .filter(this::mayRun)
                .forEach(execution -> {
                    if (execution.stateMachineVersionArn() == null) {
                        definitions.add(states.describeStateMachineForExecution(
                                        request -> request.executionArn(execution.executionArn()))
                                .definition());
                    } else {
                        used.add(execution.stateMachineVersionArn());
                    }
                });
        var versions = versions(machine);
        if (child && !versions.isEmpty()) {
            used.add(versions.getFirst());
        }
        versions.forEach(version -> (used.contains(version) ? definitions : unusedDefinitions)
                .add(states.describeStateMachine(request -> request.stateMachineArn(version))
                        .definition()));
        usedMachines.addAll(used);
        return versions;
    }

    /// The newest first.
    private List<String> versions(String machine) {
        var versions = new ArrayList<String>();
        @Nullable String token = null;
        do {
            var after = token;
            var page = endpoint.states()
                    .listStateMachineVersions(
                            request -> request.stateMachineArn(machine).nextToken(after));
            page.stateMachineVersions().forEach(version -> versions.add(version.stateMachineVersionArn()));
            token = page.nextToken();
        } while (token != null);
        return versions;
    }

    /// Whether it runs, or may run again.
    private boolean mayRun(ExecutionListItem execution) {
        if (execution.status() == ExecutionStatus.RUNNING || execution.status() == ExecutionStatus.PENDING_REDRIVE) {
            return true;
        }
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return false;
        }
        return endpoint.states()
                        .describeExecution(request -> request.executionArn(execution.executionArn()))
                        .redriveStatus()
                != ExecutionRedriveStatus.NOT_REDRIVABLE;
    }

    private List<String> versions(String function, Set<String> used) {
        var lambda = endpoint.lambda();
        var aliased = new HashSet<String>();
        lambda.listAliasesPaginator(request -> request.functionName(function)).aliases().stream()
                .map(AliasConfiguration::functionVersion)
                .forEach(aliased::add);
        var versions =
                lambda.listVersionsByFunctionPaginator(request -> request.functionName(function)).versions().stream()
                        .filter(version -> !version.version().equals(LATEST))
                        .toList();
        // Events and nudges go to no version, but the newest is what is invoked then, and what the next deployment
        // keeps.
        versions.stream()
                .map(FunctionConfiguration::version)
                .max(Comparator.comparingLong(Long::parseLong))
                .ifPresent(aliased::add);
        return versions.stream()
                .filter(version -> !used.contains(version.version()) && !aliased.contains(version.version()))
                .map(FunctionConfiguration::functionArn)
                .toList();
    }

    /// The revisions that no definition names. Only of the families that some definition does, or did: an endpoint may
    /// have no ECS, and a pipeline no containers.
    private List<String> revisions(Set<String> used) {
        var families = new TreeSet<String>();
        used.forEach(revision -> families.add(family(revision)));
        new PinnedVersions(unusedDefinitions.toArray(String[]::new))
                .taskDefinitions()
                .forEach(revision -> families.add(family(revision)));
        var unused = new ArrayList<String>();
        for (var family : families) {
            var revisions = endpoint.ecs().listTaskDefinitionsPaginator(request -> request.familyPrefix(family))
                    .taskDefinitionArns().stream()
                    // It is a prefix in some answers, and the whole name in others.
                    .filter(revision -> family(revision).equals(family))
                    .sorted(Comparator.comparingLong(revision -> -number(revision)))
                    .toList();
            revisions.stream()
                    .skip(1)
                    .filter(revision -> !used.contains(revision))
                    .forEach(unused::add);
        }
        return unused;
    }

    private static String family(String revision) {
        return revision.substring(revision.lastIndexOf('/') + 1, revision.lastIndexOf(':'));
    }

    private static long number(String revision) {
        return Long.parseLong(revision.substring(revision.lastIndexOf(':') + 1));
    }

    /// Removes what is unused. A revision of a task definition can only be deregistered: what runs goes on, and nothing
    /// more is started with it.
    public void remove(Unused unused) {
        unused.machines()
                .forEach(version -> endpoint.states()
                        .deleteStateMachineVersion(request -> request.stateMachineVersionArn(version)));
        unused.functions().forEach(version -> {
            var match = FUNCTION.matcher(version);
            if (match.find()) {
                endpoint.lambda()
                        .deleteFunction(
                                request -> request.functionName(match.group(1)).qualifier(match.group(2)));
            }
        });
        unused.taskDefinitions()
                .forEach(revision ->
                        endpoint.ecs().deregisterTaskDefinition(request -> request.taskDefinition(revision)));
    }
}
