package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.VersionsInUse;
import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// The versions of state machines and functions, and the revisions of task definitions, that nothing uses any more.
///
/// A version of a state machine is used by the aliases that route to it, by executions that run on it, and by those
/// that may still be redriven, which Step Functions itself says. A version of a function, and one of a child machine,
/// is used by definitions: those of used versions, the current ones, and those of executions that were started on no
/// version. So is a revision of a task definition. The newest of a function, a child machine or a task definition
/// stays: a deployment may be about to name it. Only a function whose class the pipeline has no more goes as a whole,
/// with its roles, once no version of it is used.
public final class UnusedVersions {
    private static final Pattern FUNCTION = Pattern.compile(":function:([A-Za-z0-9_-]+):([0-9]+)$");
    private static final String LATEST = "$LATEST";

    private final Endpoint endpoint;
    private final VersionsInUse inUse;

    /// The versions, functions and revisions that nothing uses.
    ///
    /// @param machines ARNs of versions of state machines
    /// @param functions ARNs of versions of functions
    /// @param retired functions that go as a whole, whose versions are among the others
    /// @param taskDefinitions ARNs of revisions
    public record Unused(
            List<String> machines,
            List<String> functions,
            List<Retirement.Gone> retired,
            List<String> taskDefinitions) {
        public Unused {
            machines = List.copyOf(machines);
            functions = List.copyOf(functions);
            retired = List.copyOf(retired);
            taskDefinitions = List.copyOf(taskDefinitions);
        }
    }

    public UnusedVersions(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.inUse = new VersionsInUse(endpoint.states());
    }

    /// The leftovers of a pipeline.
    public Unused of(String pipeline) {
        var name = endpoint.prefix().of(pipeline);
        var part = Pattern.compile(Pattern.quote(name) + "(-part-[0-9]+)?");
        var machines = new ArrayList<String>();
        endpoint.states().listStateMachinesPaginator(request -> {}).stateMachines().stream()
                .filter(machine -> part.matcher(machine.name()).matches())
                .forEach(machine -> machines.addAll(
                        inUse.look(machine.stateMachineArn(), !machine.name().equals(name))));
        // A child whose parent may run is needed, although no execution of its own has begun.
        var reached = inUse.reached();
        var used = reached.all();
        var unused = new ArrayList<String>();
        // Functions of classes that the pipeline has no more are found by the definitions that still name them.
        var functions = new TreeSet<>(used.keySet());
        endpoint.lambda().listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(function -> function.startsWith(name + "-") && ofPipeline(function, pipeline))
                .forEach(functions::add);
        var retirement = Retirement.of(endpoint, pipeline);
        var retired = new ArrayList<Retirement.Gone>();
        for (var function : functions) {
            var named = used.get(function);
            var gone = named == null ? retirement.gone(function) : Optional.<Retirement.Gone>empty();
            gone.ifPresent(retired::add);
            unused.addAll(versions(function, named == null ? Set.of() : named, gone.isPresent()));
        }
        return new Unused(
                machines.stream()
                        .filter(version ->
                                !inUse.uses(version) && !reached.machines().contains(version))
                        .toList(),
                unused,
                retired,
                revisions(reached.taskDefinitions()));
    }

    /// A pipeline `weather` has functions that begin as those of a pipeline `weather-maps` do.
    private boolean ofPipeline(String function, String pipeline) {
        var environment = endpoint.lambda()
                .getFunctionConfiguration(request -> request.functionName(function))
                .environment();
        return environment != null && pipeline.equals(environment.variables().get("BATON_PIPELINE"));
    }

    /// @param all whether the newest goes too
    private List<String> versions(String function, Set<String> used, boolean all) {
        var lambda = endpoint.lambda();
        var kept = new HashSet<>(used);
        var versions = new ArrayList<FunctionConfiguration>();
        try {
            lambda.listAliasesPaginator(request -> request.functionName(function)).aliases().stream()
                    .map(AliasConfiguration::functionVersion)
                    .forEach(kept::add);
            lambda.listVersionsByFunctionPaginator(request -> request.functionName(function)).versions().stream()
                    .filter(version -> !version.version().equals(LATEST))
                    .forEach(versions::add);
        } catch (ResourceNotFoundException e) {
            // Somebody took away what a definition still names.
            return List.of();
        }
        if (!all) {
            // Events and nudges go to no version, but the newest is what is invoked then, and what the next deployment
            // keeps.
            versions.stream()
                    .map(FunctionConfiguration::version)
                    .max(Comparator.comparingLong(Long::parseLong))
                    .ifPresent(kept::add);
        }
        return versions.stream()
                .filter(version -> !kept.contains(version.version()))
                .map(FunctionConfiguration::functionArn)
                .toList();
    }

    /// The revisions that no definition names. Only of the families that some definition does, or did: an endpoint may
    /// have no ECS, and a pipeline no containers.
    private List<String> revisions(Set<String> used) {
        var families = new TreeSet<String>();
        used.forEach(revision -> families.add(family(revision)));
        inUse.unused().taskDefinitions().forEach(revision -> families.add(family(revision)));
        var unused = new ArrayList<String>();
        for (var family : families) {
            var revisions = endpoint
                    .ecs()
                    .listTaskDefinitionsPaginator(request -> request.familyPrefix(family))
                    .taskDefinitionArns()
                    .stream()
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
        return Long.parseLong(Arn.last(revision));
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
        unused.retired().forEach(gone -> gone.remove(endpoint));
        unused.taskDefinitions()
                .forEach(revision ->
                        endpoint.ecs().deregisterTaskDefinition(request -> request.taskDefinition(revision)));
    }
}
