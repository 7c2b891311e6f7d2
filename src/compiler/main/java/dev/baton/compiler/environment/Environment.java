package dev.baton.compiler.environment;

import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.internal.ResourceNames;
import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledMap;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.run.CheckDemand;
import dev.baton.run.IdentitySettings;
import dev.baton.run.Prefix;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A place that pipelines are put in, with everything that may differ from another: one entry of [Environments].
///
/// @param name such as `dev`
/// @param prefix what the names of everything deployed begin with
/// @param stateBucket for runs and completions
/// @param buckets the real bucket of each logical one
/// @param key the ARN of the KMS key for everything that is encrypted; one is made where absent
/// @param machineKey what state machines are under; AWS's own where absent
/// @param eventBus the name of the bus that completions are told to
/// @param completions which other accounts they are told to, and which may tell theirs
/// @param network where functions run; outside of any VPC where absent
/// @param containers where containers run; pipelines that have some cannot be put here where absent
/// @param alarms nobody is told where absent
/// @param monthlyBudget in US dollars; none is watched where absent
/// @param rollout all at once where absent
/// @param snapStart whether functions start from a snapshot that Lambda takes of each version when it is published, as
///     they do unless the file says `false`: starts take less time, deployments more
/// @param clean whether it takes only what was built from committed sources
/// @param demandedChecks the checks that it demands of the revision of all code
/// @param policies whether policies about people hold
/// @param owner the team that it belongs to, which may change the policies there by default
/// @param identities whose tokens its functions take, and which roles are of which teams
/// @param audit who asks for which object is not logged where absent
/// @param oidc nobody but with credentials of their own where absent
/// @param tags that every resource gets besides Baton's
public record Environment(
        String name,
        Prefix prefix,
        Destination place,
        EnvironmentBucket stateBucket,
        SortedMap<String, EnvironmentBucket> buckets,
        @Nullable String key,
        @Nullable MachineKey machineKey,
        String eventBus,
        Completions completions,
        @Nullable Network network,
        @Nullable ContainerSettings containers,
        @Nullable Alarms alarms,
        @Nullable Integer monthlyBudget,
        Concurrency concurrency,
        Retention retention,
        @Nullable Rollout rollout,
        boolean snapStart,
        boolean clean,
        CheckDemand demandedChecks,
        boolean policies,
        @Nullable String owner,
        IdentitySettings identities,
        @Nullable AuditTrail audit,
        @Nullable Oidc oidc,
        SortedMap<String, String> tags) {
    public Environment {
        buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /// The real bucket of a logical one, [CompiledBucket#STATE] too. Outside of accounts it may go without a name; then
    /// it has the logical one, behind the environment's prefix if it has one of its own.
    public EnvironmentBucket bucket(String logical) {
        var bucket = logical.equals(CompiledBucket.STATE) ? stateBucket : buckets.get(logical);
        return bucket == null ? new EnvironmentBucket(unnamed(logical), false, null) : bucket;
    }

    private String unnamed(String logical) {
        return prefix.isDefault() ? logical : prefix.of(logical);
    }

    /// How pipelines are compiled that are put here.
    public CompilerOptions options() {
        return CompilerOptions.DEFAULT.under(prefix).governed(policies).encrypted(machineKey != null);
    }

    /// The finding that policies about people do not hold in this environment (ENV042), where that is so.
    public Optional<Diagnostic> withoutPolicies() {
        return policies ? Optional.empty() : Optional.of(CompilerFindings.noPolicies(name));
    }

    /// The finding that functions are governed here and the code of what people ask is not given (ENV046).
    ///
    /// @param given whether it is
    public Optional<Diagnostic> withoutFunctionsOfPeople(Collection<CompiledPipeline> pipelines, boolean given) {
        var governed = pipelines.stream()
                .flatMap(pipeline -> pipeline.functions().stream())
                .filter(CompiledFunction::governed)
                .map(CompiledFunction::name)
                .sorted()
                .toList();
        return given || governed.isEmpty()
                ? Optional.empty()
                : Optional.of(CompilerFindings.noFunctionsOfPeople(name, governed));
    }

    /// The pipelines that were compiled for another prefix than this environment's (ENV028).
    public List<Diagnostic> otherPrefixes(Collection<CompiledPipeline> pipelines) {
        return pipelines.stream()
                .filter(pipeline -> !pipeline.prefix().equals(prefix))
                .map(pipeline -> CompilerFindings.otherPrefix(name, prefix, pipeline.name(), pipeline.prefix()))
                .toList();
    }

    /// What is missing for pipelines that name some logical buckets (ENV004): in an account every bucket has a name of
    /// its own, since S3's names are unique in the world.
    public List<Diagnostic> missing(Collection<String> logicalBuckets) {
        return switch (place) {
            case Destination.Embedded embedded -> List.of();
            case Destination.Endpoint endpoint -> List.of();
            case Destination.Account account ->
                logicalBuckets.stream()
                        .filter(logical -> !logical.equals(CompiledBucket.STATE) && !buckets.containsKey(logical))
                        .distinct()
                        .sorted()
                        .map(logical -> CompilerFindings.unnamedBucket(name, logical, buckets.keySet()))
                        .toList();
        };
    }

    /// What is capped but not there (ENV009): a cap that was misspelt would be none.
    ///
    /// @param taskClasses the simple names of all classes of tasks
    public List<Diagnostic> unknownTasks(Collection<String> taskClasses) {
        return concurrency.tasks().keySet().stream()
                .filter(task -> !taskClasses.contains(task))
                .map(task -> CompilerFindings.unknownTask(
                        name, task, taskClasses.stream().distinct().sorted().toList()))
                .toList();
    }

    /// The queues of buckets' notifications that several pipelines would read (ENV035): of a queue each message goes to
    /// one of them, and the others would never hear of it.
    public List<Diagnostic> sharedQueues(Collection<CompiledPipeline> pipelines) {
        var readers = new TreeMap<String, TreeSet<String>>();
        for (var pipeline : pipelines) {
            for (var queue : notifications(pipeline)) {
                if (queue.contains(":sqs:")) {
                    readers.computeIfAbsent(queue, any -> new TreeSet<>()).add(pipeline.name());
                }
            }
        }
        return readers.entrySet().stream()
                .filter(queue -> queue.getValue().size() > 1)
                .map(queue -> CompilerFindings.sharedQueue(name, queue.getKey(), queue.getValue()))
                .toList();
    }

    /// The ARNs of the queues and topics by which a pipeline hears of uploads, sorted.
    public List<String> notifications(CompiledPipeline pipeline) {
        return pipeline.graph().externals().stream()
                .map(node -> bucket(node.template().bucket()).notifications())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /// The Maps that are capped but not there (ENV009).
    public List<Diagnostic> unknownMaps(Collection<CompiledPipeline> pipelines) {
        var known = pipelines.stream()
                .flatMap(pipeline -> pipeline.maps().stream())
                .map(CompiledMap::task)
                .distinct()
                .sorted()
                .toList();
        return concurrency.maps().keySet().stream()
                .filter(task -> !known.contains(task))
                .map(task -> CompilerFindings.unknownMap(name, task, known))
                .toList();
    }

    /// The finding that nothing says where some pipeline's containers run (ENV010), where it has any.
    ///
    /// @param families of their task definitions
    public Optional<Diagnostic> withContainers(String pipeline, Collection<String> families) {
        return families.isEmpty() || containers != null
                ? Optional.empty()
                : Optional.of(CompilerFindings.containers(name, pipeline, families));
    }

    /// The finding that this environment is not in an account (ENV007), where that is so.
    public Optional<Diagnostic> withoutAccount() {
        return switch (place) {
            case Destination.Account account -> Optional.empty();
            case Destination.Embedded embedded -> Optional.of(CompilerFindings.noAccount(name));
            case Destination.Endpoint endpoint -> Optional.of(CompilerFindings.noAccount(name));
        };
    }

    /// The finding that stacks cannot be made on this machine (ENV008).
    ///
    /// @param problem with Node.js, a sentence
    /// @param oldest the oldest version of Node.js that would do
    public static Diagnostic withoutNode(String problem, int oldest) {
        return CompilerFindings.noNode(problem, oldest);
    }

    /// The finding that an environment takes only what was built from committed sources, and a pipeline was not
    /// (ENV020).
    ///
    /// @param artefact the jar that it comes in
    /// @param state what the jar is of, after *is*
    public static Diagnostic notClean(String environment, String pipeline, String artefact, String state) {
        return CompilerFindings.notClean(environment, pipeline, artefact, state);
    }

    /// The finding that an environment demands a check that a pipeline's revision lacks (ENV040).
    ///
    /// @param artefact the jar that it comes in
    /// @param lack what it lacks, after the jar's name
    public static Diagnostic unchecked(String environment, String pipeline, String artefact, String lack) {
        return CompilerFindings.unchecked(environment, pipeline, artefact, lack);
    }

    /// The finding that a commit is refused because of a check (ENV041).
    ///
    /// @param commit as people read it
    /// @param why a sentence
    public static Diagnostic vetoed(String commit, String why) {
        return CompilerFindings.vetoed(commit, why);
    }

    /// The finding that a nested stack would have more classes of tasks than it holds (ENV011).
    ///
    /// @param stack the name of the nested stack
    public static Diagnostic tooManyTasks(String pipeline, String stack, int classes, int most) {
        return CompilerFindings.tooManyTasks(pipeline, stack, classes, most);
    }

    /// What this environment puts in the place of `${Name}`, as far as it is known before anything is deployed: where
    /// it is (but for the embedded AWS, which says itself), and its buckets.
    public Substitutions substitutions(Collection<String> logicalBuckets) {
        var values = new LinkedHashMap<String, String>();
        switch (place) {
            case Destination.Account account -> {
                values.put("AccountId", account.id());
                values.put("Region", account.region());
                values.put("Partition", account.partition());
            }
            case Destination.Endpoint endpoint -> {
                values.put("AccountId", endpoint.account());
                values.put("Region", endpoint.region());
                values.put("Partition", endpoint.partition());
            }
            case Destination.Embedded embedded -> values.put("Partition", "aws");
        }
        values.put("Environment", name);
        values.put("Identities", Json.print(identities.toJson()));
        values.put("StateBucket", stateBucket.name());
        values.put("EventBus", eventBus);
        if (containers != null) {
            values.put("ContainerRepository", prefix.repository());
            values.put("ContainerSubnets", String.join(",", containers.subnets()));
            values.put("ContainerPublicIp", containers.publicIp() ? "ENABLED" : "DISABLED");
            if (!containers.securityGroups().isEmpty()) {
                values.put("ContainerSecurityGroups", String.join(",", containers.securityGroups()));
            }
        }
        logicalBuckets.forEach(logical -> values.put(
                ResourceNames.bucketPlaceholder(logical), bucket(logical).name()));
        return new Substitutions(values);
    }
}
