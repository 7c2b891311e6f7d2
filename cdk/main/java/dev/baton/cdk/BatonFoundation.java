package dev.baton.cdk;

import dev.baton.compiler.CompiledBucket;
import dev.baton.compiler.CompiledContainer;
import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Oidc;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import java.util.ArrayList;
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
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.kms.CfnAlias;
import software.amazon.awscdk.services.kms.CfnKey;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/// What an account must have before anything is deployed to it, and what whoever deploys later cannot change: the
/// pipelines' permissions boundaries, the roles that deploy (if the environment knows an OpenID Connect issuer), the
/// key that everything is encrypted with, the topic of the alarms, the budget, the bucket that code is uploaded to.
public final class BatonFoundation extends Construct {
    private final Environment environment;
    private final List<CompiledPipeline> pipelines;
    private final String key;
    private final @Nullable String topic;
    private final Intrinsics intrinsics;
    private final Map<String, CfnManagedPolicy> boundaries = new LinkedHashMap<>();

    /// @param pipelines all of the environment
    /// @throws dev.baton.diagnostic.DiagnosticException when one runs containers, and the environment says nothing of a
    ///     network for them (ENV010)
    public BatonFoundation(Construct scope, String id, Environment environment, List<CompiledPipeline> pipelines) {
        super(scope, id);
        var findings = new Diagnostics();
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
        this.intrinsics = containers == null || pipelines.stream().allMatch(p -> p.containers().isEmpty())
                ? keys
                : ContainerGround.under(this, environment, containers, key, keys);
        this.topic = new Alerts(this, environment, key).topic();
        var code = codeBucket();
        pipelines.forEach(this::boundary);
        BusNeighbours.in(this, environment);
        if (environment.oidc() != null) {
            deployRoles(environment.oidc(), code);
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

    /// The name of the bucket that a CDK synthesizer may put code and templates in. It is told from account and Region,
    /// so that other stacks need not import it.
    public static String codeBucket(String account, String region) {
        return "baton-code-" + account + "-" + region;
    }

    /// The ARN of the topic that alarms go to; null where nobody is told.
    @Nullable
    String topic() {
        return topic;
    }

    /// The permissions boundary of a pipeline's roles.
    CfnManagedPolicy boundary(String pipeline) {
        return Objects.requireNonNull(boundaries.get(pipeline), () -> "the foundation does not know " + pipeline);
    }

    Intrinsics intrinsics() {
        return intrinsics;
    }

    private Intrinsics keys(Intrinsics known, List<CompiledBucket> logical) {
        var both = known;
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
                .keyPolicy(known.json(KeyPolicy.document()))
                .build();
        retain(key);
        CfnAlias.Builder.create(this, "KeyAlias")
                .aliasName("alias/baton")
                .targetKeyId(key.getAttrKeyId())
                .build();
        return key.getAttrArn();
    }

    private void retain(CfnResource resource) {
        if (environment.retention().buckets()) {
            Kept.on(resource);
        }
    }

    private CfnBucket codeBucket() {
        var bucket = CfnBucket.Builder.create(this, "Code")
                .bucketName(Fn.sub(codeBucket("${AWS::AccountId}", "${AWS::Region}")))
                .publicAccessBlockConfiguration(BucketSettings.nothingPublic())
                .ownershipControls(BucketSettings.ownedByTheBucket())
                // Code is no data: with a KMS key, Lambda's reading it would need rights on the key as well.
                .bucketEncryption(BucketSettings.ownEncryption())
                .versioningConfiguration(BucketSettings.versioned())
                .lifecycleConfiguration(BucketSettings.expiring("", 400, 100))
                .build();
        Argument.on(bucket, Argument.ACCESS_LOGS);
        CfnBucketPolicy.Builder.create(this, "CodePolicy")
                .bucket(bucket.getRef())
                .policyDocument(BucketSettings.onlyByTls(bucket.getAttrArn()))
                .build();
        return bucket;
    }

    private void boundary(CompiledPipeline pipeline) {
        var boundary = pipeline.boundary();
        var joined = environment.network() == null ? boundary.policy() : NetworkRights.added(boundary.policy());
        var document =
                NotificationRights.added(joined, NotificationRights.queues(environment.notifications(pipeline)));
        var policy = CfnManagedPolicy.Builder.create(this, "Boundary-" + pipeline.name())
                .managedPolicyName(boundary.name())
                .path(boundary.path())
                .description("What no role of the pipeline " + pipeline.name() + " can do more than")
                .policyDocument(intrinsics.json(document))
                .build();
        Argument.on(policy, Argument.UNDER_A_BOUNDARY);
        boundaries.put(pipeline.name(), policy);
    }

    private void deployRoles(Oidc oidc, CfnBucket code) {
        var issuer = oidc.issuer().substring("https://".length());
        CfnOIDCProvider made = null;
        if (oidc.provider() == null) {
            made = CfnOIDCProvider.Builder.create(this, "Issuer")
                    .url(oidc.issuer())
                    .clientIdList(List.of(oidc.audience()))
                    .build();
        }
        var known = intrinsics.and("OidcIssuer", issuer).and("OidcAudience", oidc.audience());
        for (var pipeline : pipelines) {
            var compiled = pipeline.deployRole();
            var role = CfnRole.Builder.create(this, "Deploy-" + pipeline.name())
                    .roleName(compiled.name())
                    .path(compiled.path())
                    .description("Deploys the pipeline " + pipeline.name() + ", by web identity only")
                    .assumeRolePolicyDocument(known.json(trust(compiled.trust(), oidc.subjects())))
                    .policies(List.of(Roles.inline("baton", known.json(compiled.policy()))))
                    .managedPolicyArns(List.of(stacks(pipeline, compiled)))
                    .build();
            Argument.on(role, Argument.DEPLOYS);
            if (made != null) {
                role.addResourceDependency(made);
            }
            role.addResourceDependency(code);
        }
    }

    /// A policy of its own: inline, both would be longer than what a role may have.
    ///
    /// @return its ARN
    private String stacks(CompiledPipeline pipeline, CompiledRole role) {
        var policy = CfnManagedPolicy.Builder.create(this, "Stacks-" + pipeline.name())
                .managedPolicyName(role.name() + "-stacks")
                .path(role.path())
                .description("Deploys the stacks of the pipeline " + pipeline.name())
                .policyDocument(intrinsics.json(DeployRights.document(environment, pipeline)))
                .build();
        Argument.on(policy, Argument.DEPLOYS);
        return policy.getRef();
    }

    /// The trust policy for each of several subjects.
    private static Map<String, Object> trust(Map<String, @Nullable Object> policy, List<String> subjects) {
        var replaced = new LinkedHashMap<String, Object>();
        policy.forEach((name, member) -> replaced.put(name, subjects(member, subjects)));
        return replaced;
    }

    private static Object subjects(@Nullable Object value, List<String> subjects) {
        return switch (value) {
            case Map<?, ?> map -> {
                var replaced = new LinkedHashMap<String, Object>();
                map.forEach((name, member) -> replaced.put((String) name, subjects(member, subjects)));
                yield replaced;
            }
            case List<?> list -> {
                var replaced = new ArrayList<Object>();
                list.forEach(element -> {
                    if ("${OidcSubject}".equals(element)) {
                        replaced.addAll(subjects);
                    } else {
                        replaced.add(subjects(element, subjects));
                    }
                });
                yield replaced;
            }
            case null -> "";
            case Object other ->
                other.equals("${OidcSubject}") ? subjects.size() == 1 ? subjects.getFirst() : subjects : other;
        };
    }
}
