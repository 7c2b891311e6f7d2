package dev.baton.cli.deploy;

import dev.baton.compiler.BucketPolicies;
import dev.baton.compiler.CompiledBoundary;
import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.CompiledFunction;
import dev.baton.compiler.CompiledMachine;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.ResourceTags;
import dev.baton.compiler.RetainedResources;
import dev.baton.compiler.Substitutions;
import dev.baton.compiler.environment.Concurrency;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.run.SourceRevision;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;

/// A compiled pipeline, put on an endpoint: buckets, roles, functions, state machines, rules. Putting it there again
/// brings what is there up to date.
public final class Deployment {
    /// The alias through which executions are started.
    public static final String ALIAS = "live";

    private final Endpoint endpoint;
    private final FunctionHost functions;
    private final Environment environment;
    private final Map<String, String> tags;

    public Deployment(Endpoint endpoint, FunctionHost functions, Environment environment) {
        this(endpoint, functions, environment, Map.of());
    }

    /// @param tags that everything gets besides Baton's
    public Deployment(Endpoint endpoint, FunctionHost functions, Environment environment, Map<String, String> tags) {
        this.endpoint = endpoint;
        this.functions = functions;
        this.environment = environment;
        this.tags = Map.copyOf(tags);
    }

    /// Puts it there, without a word about it.
    ///
    /// @return the ARN of the alias through which the pipeline is started
    public String put(CompiledPipeline pipeline) {
        return place(kept(pipeline), () -> {}).outcome().alias();
    }

    /// Puts it there and writes, last, the manifest of it: until then the deployment is known to be unfinished, and may
    /// be repeated.
    ///
    /// @param name of the environment; empty where it has none
    public Outcome deploy(CompiledPipeline compiled, String name, InstantSource time) {
        var pipeline = kept(compiled);
        var manifests = new Manifests(endpoint, environment.stateBucket());
        var placed = place(pipeline, () -> manifests.begin(pipeline.name(), time.instant()));
        new PipelineTags(ResourceTags.of(pipeline.name(), environment.revision(), functions.code(), tags))
                .on(pipeline, endpoint, environment);
        var meant = new IntendedSnapshot(pipeline, placed.substitutions(), environment, placed.identity());
        var intended = meant.snapshot();
        schedules(meant, manifests.find(pipeline.name()).map(Manifest::snapshot));
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
        manifests.end(manifest, intended);
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
        var pipeline = kept(compiled);
        var arn = environment.stateMachine(pipeline.machine().name()) + ":" + ALIAS;
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
        var substitutions = known(pipeline);
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
        new Manifests(endpoint, environment.stateBucket())
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
                substitutions = substitutions.and(placeholder(child), pinned);
            }
        }
        var identity = new FunctionIdentity(pipeline.graph(), functions.runtime());
        var meant = new IntendedSnapshot(pipeline, substitutions, environment, identity).snapshot();
        return meant.keeping(
                deployed,
                pipeline.functions().stream().map(CompiledFunction::name).toList());
    }

    /// The pipeline, which may still do what executions need that began before.
    private CompiledPipeline kept(CompiledPipeline pipeline) {
        return stillNeeded(pipeline).in(pipeline);
    }

    /// What executions still need of what was deployed before, and the pipeline has no more.
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

    /// What is known without deploying anything.
    private Substitutions known(CompiledPipeline pipeline) {
        var known = environment.substitutions(pipeline, key());
        if (!pipeline.containers().isEmpty() && !known.values().containsKey(DeployedGroups.NAME)) {
            known = new DeployedGroups(endpoint.states())
                    .known(environment.stateMachine(pipeline.machine().name()), known);
        }
        return new ContainerRevisions(endpoint.ecs()).known(pipeline, known);
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

    /// What a deployment changed.
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
        var machines = new MachineVersions(endpoint.states());
        for (var child : pipeline.children()) {
            var version = put(machines, pipeline, child, substitutions);
            substitutions = substitutions.and(placeholder(child), MachineVersions.number(version));
        }
        var version = put(machines, pipeline, pipeline.machine(), substitutions);
        var alias = machines.route(environment.stateMachine(pipeline.machine().name()), ALIAS, version);
        for (var trigger : pipeline.triggers()) {
            new TriggerRule(endpoint, environment).put(trigger, substitutions);
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

    /// The names of the environment that a pipeline is put in.
    ///
    /// @param account 12 digits
    /// @param stateBucket the real bucket for runs and completions
    /// @param buckets the real bucket of each logical one; one that is missing has its logical name
    /// @param revision of the sources that the code was built from
    /// @param containers what stands for the names that begin with `Container`; empty where containers run on the
    ///     embedded AWS
    /// @param concurrency of Maps
    public record Environment(
            String account,
            String region,
            String stateBucket,
            Map<String, String> buckets,
            SourceRevision revision,
            Map<String, String> containers,
            Concurrency concurrency) {
        /// Whoever hosts the pipeline pushes an image under its cluster's name, and has no networks.
        private static final Map<String, String> HOSTED =
                Map.of("ContainerSubnets", "subnet-0", DeployedGroups.NAME, "sg-0", "ContainerPublicIp", "DISABLED");

        public Environment {
            buckets = Map.copyOf(buckets);
            containers = Map.copyOf(containers);
        }

        /// One whose containers run on the embedded AWS, with the Maps that tasks declare.
        public Environment(
                String account,
                String region,
                String stateBucket,
                Map<String, String> buckets,
                SourceRevision revision) {
            this(account, region, stateBucket, buckets, revision, Map.of(), Concurrency.FREE);
        }

        String bucket(String logical) {
            return logical.equals(CompiledBucket.STATE) ? stateBucket : buckets.getOrDefault(logical, logical);
        }

        Map<String, String> real(Collection<CompiledBucket> compiled) {
            var real = new LinkedHashMap<String, String>();
            compiled.forEach(bucket -> real.put(bucket.logical(), bucket(bucket.logical())));
            return real;
        }

        String function(String name) {
            return arn("lambda", "function:" + name);
        }

        /// The ARN of a state machine.
        public String stateMachine(String name) {
            return arn("states", "stateMachine:" + name);
        }

        String arn(String service, String resource) {
            return "arn:" + partition(region) + ":" + service + ":" + region + ":" + account + ":" + resource;
        }

        /// `aws`, or what AWS calls the Regions that it keeps apart: `aws-cn`, `aws-us-gov`.
        static String partition(String region) {
            return PartitionMetadata.of(Region.of(region)).id();
        }

        /// What stands in a pipeline for the names here, but for the versions of its functions and child
        /// machines.
        ///
        /// @param key the ARN of the key that all buckets are encrypted with
        public Substitutions substitutions(CompiledPipeline pipeline, String key) {
            var all = substitutions(pipeline.buckets(), key)
                    .and("ContainerImage", pipeline.cluster())
                    .and("ContainerRepository", pipeline.cluster())
                    .and("StateMachineAlias", stateMachine(pipeline.machine().name()) + ":" + ALIAS);
            var others = new TreeMap<>(containers.isEmpty() ? HOSTED : containers);
            others.putAll(concurrency.substitutions(pipeline));
            for (var more : others.entrySet()) {
                all = all.and(more.getKey(), more.getValue());
            }
            return all;
        }

        Map<String, String> variables(CompiledFunction function, Substitutions substitutions) {
            var variables = new LinkedHashMap<>(function.environment(substitutions));
            variables.put("BATON_REVISION", Json.print(revision.toJson()));
            return variables;
        }

        private Substitutions substitutions(Collection<CompiledBucket> compiled, String key) {
            var values = new LinkedHashMap<String, String>();
            values.put("AccountId", account);
            values.put("Region", region);
            values.put("Partition", partition(region));
            values.put("EventBus", "default");
            compiled.forEach(bucket -> {
                values.put(bucket.placeholder(), bucket(bucket.logical()));
                values.put(bucket.keyPlaceholder(), key);
            });
            return new Substitutions(values);
        }
    }
}
