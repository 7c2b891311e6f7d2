package dev.baton.cli.deploy;

import dev.baton.compiler.CompiledPipeline;
import dev.baton.compiler.CompiledRole;
import dev.baton.compiler.Substitutions;
import dev.baton.json.Json;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/// The roles of a pipeline, each with one inline policy, and the boundary that they bear.
final class PipelineRoles {
    /// The name of the inline policy.
    static final String POLICY = "baton";

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
                    .permissionsBoundary(boundary)));
        } catch (EntityAlreadyExistsException e) {
            known.heardOf(() -> iam.updateAssumeRolePolicy(
                    request -> request.roleName(role.name()).policyDocument(trust)));
            if (boundary != null) {
                iam.putRolePermissionsBoundary(
                        request -> request.roleName(role.name()).permissionsBoundary(boundary));
            }
        }
        iam.putRolePolicy(request -> request.roleName(role.name())
                .policyName(POLICY)
                .policyDocument(Json.print(substitutions.in(role.policy()))));
    }
}
