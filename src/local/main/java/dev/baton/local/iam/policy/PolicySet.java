package dev.baton.local.iam.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All policies that have a say in one decision.
///
/// @param identity those of the user or role
/// @param boundary its permissions boundary; empty where it has none
/// @param session those given when the session was made; empty where there were none
/// @param resource the one attached to the resource; for `sts:AssumeRole` the role's trust policy
/// @param serviceControl level by level from the organization's root down; each level must allow
/// @param resourceControl the same for resource control policies
/// @param endpoint the VPC endpoint's; empty where the request came through none
public record PolicySet(
        List<Policy> identity,
        List<Policy> boundary,
        List<Policy> session,
        @Nullable Policy resource,
        List<List<Policy>> serviceControl,
        List<List<Policy>> resourceControl,
        List<Policy> endpoint) {
    public static final PolicySet NONE =
            new PolicySet(List.of(), List.of(), List.of(), null, List.of(), List.of(), List.of());

    public PolicySet {
        identity = List.copyOf(identity);
        boundary = List.copyOf(boundary);
        session = List.copyOf(session);
        serviceControl = List.copyOf(serviceControl);
        resourceControl = List.copyOf(resourceControl);
        endpoint = List.copyOf(endpoint);
    }

    public PolicySet withIdentity(Policy... policies) {
        return new PolicySet(List.of(policies), boundary, session, resource, serviceControl, resourceControl, endpoint);
    }

    public PolicySet withBoundary(Policy... policies) {
        return new PolicySet(identity, List.of(policies), session, resource, serviceControl, resourceControl, endpoint);
    }

    public PolicySet withSession(List<Policy> policies) {
        return new PolicySet(identity, boundary, policies, resource, serviceControl, resourceControl, endpoint);
    }

    public PolicySet withResource(@Nullable Policy policy) {
        return new PolicySet(identity, boundary, session, policy, serviceControl, resourceControl, endpoint);
    }
}
