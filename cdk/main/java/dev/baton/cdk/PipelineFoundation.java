package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.environment.Oidc;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.CfnManagedPolicy;
import software.amazon.awscdk.services.iam.CfnOIDCProvider;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.constructs.Construct;

/// The part of the foundation that is one pipeline's: the boundary that its roles bear, and the role that deploys it,
/// by web identity only. Together they have some 20,000 characters, of which a template in a request holds 51,200.
final class PipelineFoundation {
    private final Construct scope;
    private final CompiledPipeline pipeline;
    private final Environment environment;
    private final Intrinsics intrinsics;
    private final CfnManagedPolicy boundary;

    /// @param code the bucket that must be there before who uploads to it
    /// @param issuer null where another stack has it
    PipelineFoundation(
            Construct scope,
            CompiledPipeline pipeline,
            Environment environment,
            Intrinsics intrinsics,
            CfnBucket code,
            @Nullable CfnOIDCProvider issuer) {
        this.scope = scope;
        this.pipeline = pipeline;
        this.environment = environment;
        this.intrinsics = intrinsics;
        this.boundary = create();
        if (environment.oidc() != null) {
            deploys(environment.oidc(), code, issuer);
        }
    }

    CfnManagedPolicy boundary() {
        return boundary;
    }

    private CfnManagedPolicy create() {
        var compiled = pipeline.boundary();
        var joined = environment.network() == null ? compiled.policy() : NetworkRights.added(compiled.policy());
        var document = NotificationRights.added(joined, NotificationRights.queues(environment.notifications(pipeline)));
        var policy = CfnManagedPolicy.Builder.create(scope, "Boundary-" + pipeline.name())
                .managedPolicyName(compiled.name())
                .path(compiled.path())
                .description("What no role of the pipeline " + pipeline.name() + " can do more than")
                .policyDocument(intrinsics.json(document))
                .build();
        Suppression.on(policy, Suppression.UNDER_A_BOUNDARY);
        return policy;
    }

    private void deploys(Oidc oidc, CfnResource code, @Nullable CfnOIDCProvider issuer) {
        var known = intrinsics
                .and("OidcIssuer", oidc.issuer().substring("https://".length()))
                .and("OidcAudience", oidc.audience());
        var compiled = pipeline.deployRole();
        var role = CfnRole.Builder.create(scope, "Deploy-" + pipeline.name())
                .roleName(compiled.name())
                .path(compiled.path())
                .description("Deploys the pipeline " + pipeline.name() + ", by web identity only")
                .assumeRolePolicyDocument(known.json(trust(compiled.trust(), oidc.subjects())))
                .policies(List.of(RoleConstructs.inline("baton", known.json(compiled.policy()))))
                .managedPolicyArns(List.of(stacks(compiled)))
                .build();
        Suppression.on(role, Suppression.DEPLOYS);
        if (issuer != null) {
            role.addResourceDependency(issuer);
        }
        role.addResourceDependency(code);
    }

    /// A policy of its own: inline, both would be longer than what a role may have.
    ///
    /// @return its ARN
    private String stacks(CompiledRole role) {
        var policy = CfnManagedPolicy.Builder.create(scope, "Stacks-" + pipeline.name())
                .managedPolicyName(role.name() + "-stacks")
                .path(role.path())
                .description("Deploys the stacks of the pipeline " + pipeline.name())
                .policyDocument(intrinsics.json(DeployRights.document(environment, pipeline)))
                .build();
        Suppression.on(policy, Suppression.DEPLOYS);
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
