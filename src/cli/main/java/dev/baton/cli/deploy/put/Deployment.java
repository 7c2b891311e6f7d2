package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.DeploymentPlan;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.cli.deploy.read.FunctionIdentity;
import dev.baton.cli.deploy.read.IntendedSnapshot;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PinnedVersions;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.cli.deploy.read.PresentSnapshot;
import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.compiler.pipeline.CompiledMachine;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.ResourceTags;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// The deployer of compiled pipelines: puts their buckets, roles, functions, state machines and rules of EventBridge on
/// an endpoint, an account or an embedded AWS. Putting a pipeline there again brings what is there up to date.
public final class Deployment {
    private final Endpoint endpoint;
    private final FunctionHost functions;
    private final EnvironmentNames environment;
    private final Map<String, String> tags;
    private final DeploymentPlan plan;

    public Deployment(Endpoint endpoint, FunctionHost functions, EnvironmentNames environment) {
        this(endpoint, functions, environment, Map.of());
    }

    /// @param tags that everything gets besides Baton's
    public Deployment(
            Endpoint endpoint, FunctionHost functions, EnvironmentNames environment, Map<String, String> tags) {
        this.endpoint = endpoint;
        this.functions = functions;
        this.environment = environment;
        this.tags = Map.copyOf(tags);
        this.plan = new DeploymentPlan(endpoint, functions.runtime(), environment);
    }

    /// The plan: what it would put there, told without changing anything.
    public DeploymentPlan plan() {
        return plan;
    }

    /// Puts it there, without a word about it.
    ///
    /// @return the ARN of the alias through which the pipeline is started
    public String put(CompiledPipeline pipeline) {
        return place(plan.kept(pipeline), () -> {}).outcome().alias();
    }

    /// Puts it there and writes, last, the manifest of it: until then the deployment is known to be unfinished, and may
    /// be repeated.
    ///
    /// @param name of the environment; empty where it has none
    public Outcome deploy(CompiledPipeline compiled, String name, InstantSource time) {
        var pipeline = plan.kept(compiled);
        var manifests = new Manifests(endpoint, environment.stateBucket());
        var written = new ManifestWriter(endpoint, environment.stateBucket());
        var placed = place(pipeline, () -> written.begin(pipeline.name(), time.instant()));
        new PipelineTags(ResourceTags.of(pipeline.name(), environment.revision(), functions.code(), tags))
                .on(pipeline, endpoint, environment);
        var meant = new IntendedSnapshot(pipeline, placed.substitutions(), environment, placed.identity());
        var intended = meant.snapshot();
        var before = manifests.find(pipeline.name()).map(Manifest::snapshot);
        schedules(meant, before);
        before.ifPresent(snapshot -> new SecretRotationRule(endpoint, environment)
                .removeAllBut(intended.parts().keySet(), snapshot, pipeline));
        // What is the service's own to say: hashes of code, the bucket's encryption, weights of aliases. Functions that
        // were kept have the revision of the sources that they were built from.
        var present = new PresentSnapshot(endpoint.under(pipeline.prefix()), environment.account()).of(intended);
        var manifest = new Manifest(
                pipeline.name(),
                name,
                time.instant(),
                environment.revision(),
                environment.real(pipeline.buckets()),
                present.with(intended).keeping(present, placed.outcome().kept()),
                false);
        written.end(manifest, intended);
        return placed.outcome();
    }

    /// What ticks is there last: a tick before would call what is not there. What the pipeline has no more goes.
    private void schedules(IntendedSnapshot meant, Optional<PipelineSnapshot> before) {
        var api = endpoint.scheduler();
        meant.placed().forEach(placed -> api.put(placed.schedule().name(), placed.request()));
        var kept = meant.snapshot().parts().keySet();
        before.ifPresent(snapshot -> snapshot.parts().keySet().stream()
                .filter(part -> part.startsWith(PipelineSnapshot.schedule("")) && !kept.contains(part))
                .forEach(part ->
                        api.delete(part.substring(PipelineSnapshot.schedule("").length()))));
    }

    /// Writes the manifest of what somebody else has put there, CDK for one, and changes nothing.
    ///
    /// @param name of the environment
    public Outcome record(CompiledPipeline compiled, String name, InstantSource time) {
        var pipeline = plan.kept(compiled);
        new DeployedCode(endpoint, environment.stateBucket()).keep(pipeline);
        var arn = environment.stateMachine(pipeline.machine().name()) + ":" + EnvironmentNames.ALIAS;
        var version = endpoint
                .states()
                .describeStateMachineAlias(request -> request.stateMachineAliasArn(arn))
                .routingConfiguration()
                .stream()
                .max(Comparator.comparing(RoutingConfigurationListItem::weight))
                .orElseThrow()
                .stateMachineVersionArn();
        var pinned = PinnedVersions.reached(
                endpoint.states(),
                List.of(endpoint.states()
                        .describeStateMachine(request -> request.stateMachineArn(version))
                        .definition()));
        var substitutions = plan.known(pipeline);
        var versions = new TreeMap<String, FunctionVersions.Result>();
        for (var function : pipeline.functions()) {
            var number = pinned.of(function.name());
            versions.put(function.name(), new FunctionVersions.Result(number, false));
            substitutions = substitutions.and(function.versionPlaceholder(), number);
        }
        for (var child : pipeline.children()) {
            var number = pinned.ofMachine(environment.stateMachine(child.name()));
            if (number.isPresent()) {
                substitutions = substitutions.and(placeholder(child), number.get());
            }
        }
        var identity = new FunctionIdentity(pipeline.graph(), functions.runtime());
        var intended = new IntendedSnapshot(pipeline, substitutions, environment, identity).snapshot();
        var present = new PresentSnapshot(endpoint.under(pipeline.prefix()), environment.account()).of(intended);
        new ManifestWriter(endpoint, environment.stateBucket())
                .end(
                        new Manifest(
                                pipeline.name(),
                                name,
                                time.instant(),
                                environment.revision(),
                                environment.real(pipeline.buckets()),
                                present,
                                true),
                        intended);
        return new Outcome(arn, MachineVersions.number(version), versions);
    }

    /// The changes that a deployment made.
    ///
    /// @param alias the ARN of what executions are started through
    /// @param version the version of the state machine that it routes to
    /// @param functions the version of each function that the definition names, and whether this deployment made it
    public record Outcome(String alias, String version, SortedMap<String, FunctionVersions.Result> functions) {
        private List<String> kept() {
            return functions.entrySet().stream()
                    .filter(function -> !function.getValue().published())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private record Placed(Outcome outcome, Substitutions substitutions, FunctionIdentity identity) {}

    private Placed place(CompiledPipeline pipeline, Runnable begin) {
        var key = new EncryptionKey(endpoint.kms(), pipeline.prefix().keyAlias()).arn();
        var substitutions = environment.substitutions(pipeline, key);
        var wanted = new TreeMap<String, BucketPolicies.Wanted>();
        for (var bucket : pipeline.buckets()) {
            wanted.put(
                    environment.bucket(bucket.logical()),
                    new BucketPolicies.Wanted(substitutions.in(bucket.policy()), bucket.uploads()));
        }
        var refusals = new BucketRefusals(endpoint.s3(), environment.stateBucket());
        refusals.check(pipeline.name(), wanted);
        wanted.keySet().forEach(name -> new PipelineBucket(endpoint.s3(), name).put(key));
        refusals.put(pipeline.name(), wanted);
        begin.run();
        new PipelineRoles(endpoint.iam()).put(pipeline, substitutions);
        new DeployedCode(endpoint, environment.stateBucket()).keep(pipeline);
        var published = new FunctionVersions(endpoint.lambda(), functions);
        var identity = new FunctionIdentity(pipeline.graph(), functions.runtime());
        var versions = new TreeMap<String, FunctionVersions.Result>();
        for (var function : pipeline.functions()) {
            var role = substitutions.in(pipeline.role(function.role()).arn());
            var variables = environment.variables(function, substitutions);
            var version = published.of(function, role, variables, identity.description(function, role, variables));
            versions.put(function.name(), version);
            substitutions = substitutions.and(function.versionPlaceholder(), version.version());
        }
        for (var function : pipeline.functions()) {
            published.tell(function, substitutions);
        }
        substitutions = new ContainerRevisions(endpoint.ecs())
                .put(pipeline, substitutions, Json.print(environment.revision().toJson()));
        var machines = new MachineVersions(endpoint.states(), environment.machineKey(substitutions));
        for (var child : pipeline.children()) {
            var version = put(machines, pipeline, child, substitutions);
            substitutions = substitutions.and(placeholder(child), MachineVersions.number(version));
        }
        var version = put(machines, pipeline, pipeline.machine(), substitutions);
        var alias =
                machines.route(environment.stateMachine(pipeline.machine().name()), EnvironmentNames.ALIAS, version);
        for (var trigger : pipeline.triggers()) {
            new TriggerRule(endpoint, environment).put(trigger, substitutions);
        }
        for (var rotation : pipeline.rotations()) {
            new SecretRotationRule(endpoint, environment).put(pipeline, rotation, substitutions);
        }
        return new Placed(new Outcome(alias, MachineVersions.number(version), versions), substitutions, identity);
    }

    private String put(
            MachineVersions machines, CompiledPipeline pipeline, CompiledMachine machine, Substitutions substitutions) {
        return machines.put(
                machine.name(),
                environment.stateMachine(machine.name()),
                substitutions.text(machine.definition()),
                substitutions.in(pipeline.role(machine.role()).arn()));
    }

    private static String placeholder(CompiledMachine child) {
        return Objects.requireNonNull(child.versionPlaceholder());
    }
}
