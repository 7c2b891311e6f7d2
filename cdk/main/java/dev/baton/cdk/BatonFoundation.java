package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledContainer;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.CfnManagedPolicy;
import software.amazon.awscdk.services.iam.CfnOIDCProvider;
import software.amazon.awscdk.services.kms.CfnAlias;
import software.amazon.awscdk.services.kms.CfnKey;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/// The stack of an account's foundation, what an account must have before anything is deployed to it, and what whoever
/// deploys later cannot change: the key that everything is encrypted with, the topic of the alarms, the budget, the
/// bucket that code is uploaded to, the OpenID Connect issuer (if the environment knows one), and of each pipeline the
/// permissions boundary and the role that deploys it ([PipelineFoundation]), which may lie in stacks of their own: one
/// stack of all ends at a few pipelines.
public final class BatonFoundation extends Construct {
    private final Environment environment;
    private final List<CompiledPipeline> pipelines;
    private final String key;
    private final @Nullable String topic;
    private final Intrinsics intrinsics;
    private final Map<String, PipelineFoundation> ofPipelines = new LinkedHashMap<>();

    /// @param pipelines all of the environment, whose parts lie in the same stack
    /// @throws dev.baton.diagnostic.DiagnosticException when one runs containers, and the environment says nothing of a
    ///     network for them (ENV010), or was compiled for another prefix than the environment's (ENV028)
    public BatonFoundation(Construct scope, String id, Environment environment, List<CompiledPipeline> pipelines) {
        this(scope, id, environment, pipelines, Map.of());
    }

    /// @param pipelines all of the environment
    /// @param stacks by pipeline, where its part lies; here where nothing is said
    /// @throws dev.baton.diagnostic.DiagnosticException when one runs containers, and the environment says nothing of a
    ///     network for them (ENV010), or was compiled for another prefix than the environment's (ENV028)
    public BatonFoundation(
            Construct scope,
            String id,
            Environment environment,
            List<CompiledPipeline> pipelines,
            Map<String, ? extends Construct> stacks) {
        super(scope, id);
        var findings = new Diagnostics();
        findings.addAll(environment.otherPrefixes(pipelines));
        pipelines.forEach(pipeline -> withContainers(environment, pipeline).ifPresent(findings::add));
        findings.throwIfErrors();
        this.environment = environment;
        this.pipelines = List.copyOf(pipelines);
        var logical = pipelines.stream()
                .flatMap(pipeline -> pipeline.buckets().stream())
                .toList();
        var known = Intrinsics.of(environment.substitutions(
                logical.stream().map(CompiledBucket::logical).toList()));
        this.key = environment.key() == null ? key(known) : environment.key();
        var keys = keys(known, logical);
        var containers = environment.containers();
        this.intrinsics = containers == null
                        || pipelines.stream().allMatch(p -> p.containers().isEmpty())
                ? keys
                : ContainerGround.under(this, environment, containers, key, keys);
        this.topic = new Notifications(this, environment, key).topic();
        var code = codeBucket();
        BusNeighbours.in(this, environment);
        var oidc = environment.oidc();
        var issuer = oidc == null || oidc.provider() != null
                ? null
                : CfnOIDCProvider.Builder.create(this, "Issuer")
                        .url(oidc.issuer())
                        .clientIdList(List.of(oidc.audience()))
                        .build();
        for (var pipeline : pipelines) {
            var stack = stacks.get(pipeline.name());
            ofPipelines.put(
                    pipeline.name(),
                    new PipelineFoundation(
                            stack == null ? this : stack, pipeline, environment, intrinsics, code, issuer));
        }
    }

    /// The finding that a pipeline's containers have no network, where that is so.
    static Optional<Diagnostic> withContainers(Environment environment, CompiledPipeline pipeline) {
        return environment.withContainers(
                pipeline.name(),
                pipeline.containers().stream().map(CompiledContainer::family).toList());
    }

    /// The environment that this is the ground of.
    public Environment environment() {
        return environment;
    }

    /// All pipelines of the environment.
    public List<CompiledPipeline> pipelines() {
        return pipelines;
    }

    /// The ARN of the key that everything is encrypted with, but for buckets that name a key of their own.
    public String keyArn() {
        return key;
    }

    /// The ARN of the key that state machines are under; null where it is AWS's own.
    @Nullable
    String machineKeyArn() {
        var own = environment.machineKey();
        return own == null ? null : own.or(key);
    }

    private boolean underItsKey() {
        var own = environment.machineKey();
        return own != null && own.arn() == null;
    }

    /// The ARN of the topic that alarms go to; null where nobody is told.
    @Nullable
    String topic() {
        return topic;
    }

    /// The permissions boundary of a pipeline's roles.
    CfnManagedPolicy boundary(String pipeline) {
        return Objects.requireNonNull(ofPipelines.get(pipeline), () -> "the foundation does not know " + pipeline)
                .boundary();
    }

    Intrinsics intrinsics() {
        return intrinsics;
    }

    /// What the environment puts in the place of names, but for where it is: CloudFormation says that itself.
    Substitutions known(CompiledPipeline pipeline) {
        var all = environment.substitutions(
                pipeline.buckets().stream().map(CompiledBucket::logical).toList());
        var texts = new LinkedHashMap<>(all.values());
        texts.keySet().removeAll(List.of("AccountId", "Region", "Partition"));
        return new Substitutions(texts);
    }

    private Intrinsics keys(Intrinsics known, List<CompiledBucket> logical) {
        var machines = machineKeyArn();
        var both = machines == null
                ? known
                : underItsKey() && environment.key() == null
                        ? known.refer("MachineKey", machines)
                        : known.and("MachineKey", machines);
        for (var bucket : logical) {
            var own = environment.bucket(bucket.logical()).key();
            both = own != null
                    ? both.and(bucket.keyPlaceholder(), own)
                    : environment.key() != null
                            ? both.and(bucket.keyPlaceholder(), key)
                            : both.refer(bucket.keyPlaceholder(), key);
        }
        return both;
    }

    private String key(Intrinsics known) {
        var key = CfnKey.Builder.create(this, "Key")
                .description("What the pipelines of Baton encrypt with")
                .enableKeyRotation(true)
                .keyPolicy(known.json(KeyPolicy.document(environment.prefix(), underItsKey())))
                .build();
        retain(key);
        CfnAlias.Builder.create(this, "KeyAlias")
                .aliasName(environment.prefix().keyAlias())
                .targetKeyId(key.getAttrKeyId())
                .build();
        return key.getAttrArn();
    }

    private void retain(CfnResource resource) {
        if (environment.retention().buckets()) {
            StackRetention.on(resource);
        }
    }

    private CfnBucket codeBucket() {
        var bucket = CfnBucket.Builder.create(this, "Code")
                // Told from account and Region, so that synthesizers and other stacks need not import it.
                .bucketName(Fn.sub(environment.prefix().codeBucket("${AWS::AccountId}", "${AWS::Region}")))
                .publicAccessBlockConfiguration(BucketSettings.nothingPublic())
                .ownershipControls(BucketSettings.ownedByTheBucket())
                // Code is not data: with a KMS key, Lambda's reading it would need rights on the key as well.
                .bucketEncryption(BucketSettings.ownEncryption())
                .versioningConfiguration(BucketSettings.versioned())
                .lifecycleConfiguration(BucketSettings.expiring("", 400, 100))
                .build();
        Suppression.on(bucket, Suppression.ACCESS_LOGS);
        CfnBucketPolicy.Builder.create(this, "CodePolicy")
                .bucket(bucket.getRef())
                .policyDocument(BucketSettings.onlyByTls(bucket.getAttrArn()))
                .build();
        return bucket;
    }
}
