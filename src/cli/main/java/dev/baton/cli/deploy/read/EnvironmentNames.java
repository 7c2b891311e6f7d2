package dev.baton.cli.deploy.read;

import dev.baton.compiler.environment.Concurrency;
import dev.baton.compiler.environment.MachineKey;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import dev.baton.name.Arn;
import dev.baton.run.CheckDemand;
import dev.baton.run.IdentitySettings;
import dev.baton.run.SourceRevision;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// The names of the environment that a pipeline is put in.
///
/// @param account 12 digits
/// @param stateBucket the real bucket for runs and completions
/// @param buckets the real bucket of each logical one; one that is missing has its logical name
/// @param revision of the sources that the code was built from
/// @param containers what stands for the names that begin with `Container`; empty where containers run on the
///     embedded AWS
/// @param concurrency of Maps
/// @param demandedChecks what the start function demands of the revision
/// @param environment its name, as policies about people know it
/// @param identities by which its functions tell who asks
/// @param machineKey what state machines are under; AWS's own where absent
public record EnvironmentNames(
        String account,
        String region,
        String stateBucket,
        Map<String, String> buckets,
        SourceRevision revision,
        Map<String, String> containers,
        Concurrency concurrency,
        CheckDemand demandedChecks,
        String environment,
        IdentitySettings identities,
        @Nullable MachineKey machineKey) {
    /// The alias through which executions are started.
    public static final String ALIAS = "live";

    private static final String MACHINE_KEY = "MachineKey";

    /// Whoever hosts the pipeline pushes an image under its cluster's name, and has no networks.
    private static final Map<String, String> HOSTED =
            Map.of("ContainerSubnets", "subnet-0", DeployedGroups.NAME, "sg-0", "ContainerPublicIp", "DISABLED");

    public EnvironmentNames {
        buckets = Map.copyOf(buckets);
        containers = Map.copyOf(containers);
    }

    /// One where policies about people do not hold.
    public EnvironmentNames(
            String account,
            String region,
            String stateBucket,
            Map<String, String> buckets,
            SourceRevision revision,
            Map<String, String> containers,
            Concurrency concurrency,
            CheckDemand demandedChecks) {
        this(
                account,
                region,
                stateBucket,
                buckets,
                revision,
                containers,
                concurrency,
                demandedChecks,
                "local",
                IdentitySettings.NONE,
                null);
    }

    /// The same for an environment of a name, whose functions tell who asks.
    public EnvironmentNames of(String name, IdentitySettings settings) {
        return new EnvironmentNames(
                account,
                region,
                stateBucket,
                buckets,
                revision,
                containers,
                concurrency,
                demandedChecks,
                name,
                settings,
                machineKey);
    }

    /// The same with state machines under a key.
    public EnvironmentNames under(@Nullable MachineKey key) {
        return new EnvironmentNames(
                account,
                region,
                stateBucket,
                buckets,
                revision,
                containers,
                concurrency,
                demandedChecks,
                environment,
                identities,
                key);
    }

    /// The ARN of the key that state machines are under; null where it is AWS's own.
    ///
    /// @param all of what a pipeline needs here
    public @Nullable String machineKey(Substitutions all) {
        return machineKey == null ? null : all.in("${" + MACHINE_KEY + "}");
    }

    /// One whose containers run on the embedded AWS, with the Maps that tasks declare.
    public EnvironmentNames(
            String account, String region, String stateBucket, Map<String, String> buckets, SourceRevision revision) {
        this(account, region, stateBucket, buckets, revision, Map.of(), Concurrency.FREE, CheckDemand.NONE);
    }

    /// The real name of a logical bucket.
    public String bucket(String logical) {
        return logical.equals(CompiledBucket.STATE) ? stateBucket : buckets.getOrDefault(logical, logical);
    }

    /// The real name of each bucket, by its logical one.
    public Map<String, String> real(Collection<CompiledBucket> compiled) {
        var real = new LinkedHashMap<String, String>();
        compiled.forEach(bucket -> real.put(bucket.logical(), bucket(bucket.logical())));
        return real;
    }

    /// The ARN of a function.
    public String function(String name) {
        return arn("lambda", "function:" + name);
    }

    /// The ARN of a state machine.
    public String stateMachine(String name) {
        return arn("states", "stateMachine:" + name);
    }

    /// The ARN of what a service has here.
    public String arn(String service, String resource) {
        return new Arn(partition(region), service, region, account, resource).toString();
    }

    /// `aws`, or what AWS calls the Regions that it keeps apart: `aws-cn`, `aws-us-gov`.
    public static String partition(String region) {
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

    /// The environment variables of a function.
    public Map<String, String> variables(CompiledFunction function, Substitutions substitutions) {
        var variables = new LinkedHashMap<>(function.environment(substitutions));
        variables.put("BATON_REVISION", Json.print(revision.toJson()));
        if (function.kind().asksForChecks() && !demandedChecks.names().isEmpty()) {
            variables.put(CheckDemand.VARIABLE, demandedChecks.variable());
        }
        return variables;
    }

    private Substitutions substitutions(Collection<CompiledBucket> compiled, String key) {
        var values = new LinkedHashMap<String, String>();
        values.put("AccountId", account);
        values.put("Region", region);
        values.put("Partition", partition(region));
        values.put("EventBus", "default");
        values.put("Environment", environment);
        values.put("Identities", Json.print(identities.toJson()));
        values.put(MACHINE_KEY, machineKey == null ? key : machineKey.or(key));
        compiled.forEach(bucket -> {
            values.put(bucket.placeholder(), bucket(bucket.logical()));
            values.put(bucket.keyPlaceholder(), key);
        });
        return new Substitutions(values);
    }
}
