package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.PolicyDocuments;
import dev.baton.cli.deploy.read.ReferencedResources;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.json.Json;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Tag;

/// The roles of a pipeline, each with one inline policy, and the boundary that they bear.
final class PipelineRoles {
    private final IamClient iam;
    private final NewRoles known = new NewRoles();

    PipelineRoles(IamClient iam) {
        this.iam = iam;
    }

    /// Makes them, or brings those that are there up to date.
    void put(CompiledPipeline pipeline, Substitutions substitutions) {
        var boundary = pipeline.boundary();
        new BoundaryPolicy(iam, substitutions.in(boundary.arn()))
                .put(boundary.path(), boundary.name(), Json.print(substitutions.in(boundary.policy())));
        for (var role : pipeline.roles()) {
            put(role, substitutions);
        }
    }

    /// A role may be trusted by another one of these, made a moment ago.
    private void put(CompiledRole role, Substitutions substitutions) {
        var trust = Json.print(substitutions.in(role.trust()));
        var boundary = role.boundary() == null ? null : substitutions.in(role.boundary());
        try {
            known.heardOf(() -> iam.createRole(request -> request.roleName(role.name())
                    .path(role.path())
                    .assumeRolePolicyDocument(trust)
                    .permissionsBoundary(boundary)
                    .tags(tags(role))));
        } catch (EntityAlreadyExistsException e) {
            known.heardOf(() -> iam.updateAssumeRolePolicy(
                    request -> request.roleName(role.name()).policyDocument(trust)));
            if (boundary != null) {
                iam.putRolePermissionsBoundary(
                        request -> request.roleName(role.name()).permissionsBoundary(boundary));
            }
            tag(role);
        }
        iam.putRolePolicy(request -> request.roleName(role.name())
                .policyName(PolicyDocuments.OF_ROLE)
                .policyDocument(Json.print(substitutions.in(role.policy()))));
    }

    private static List<Tag> tags(CompiledRole role) {
        return role.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /// Tags of Baton's that the role has no more go; others are somebody else's.
    private void tag(CompiledRole role) {
        var there = iam.listRoleTags(request -> request.roleName(role.name())).tags();
        var old = there.stream()
                .map(Tag::key)
                .filter(key -> ReferencedResources.WRITES.matcher(key).matches()
                        && !role.tags().containsKey(key))
                .toList();
        if (!old.isEmpty()) {
            iam.untagRole(request -> request.roleName(role.name()).tagKeys(old));
        }
        if (!there.containsAll(tags(role))) {
            iam.tagRole(request -> request.roleName(role.name()).tags(tags(role)));
        }
    }
}
