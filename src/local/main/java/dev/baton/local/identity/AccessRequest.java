package dev.baton.local.identity;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import org.jspecify.annotations.Nullable;

/// One access that a service asks leave for.
///
/// @param action as IAM names it, such as `s3:GetObject`
/// @param resource an ARN, or `*` for actions without a resource type
/// @param resourceAccount the account that owns the resource
/// @param context the service's condition keys and the request's (`aws:SourceIp`, `aws:SecureTransport` …); those of
///     the caller (`aws:PrincipalArn`, `aws:PrincipalTag/…`, `aws:SourceIdentity` …) and of time are added
/// @param resourcePolicy the policy attached to the resource, if it has one
public record AccessRequest(
        Caller caller,
        String action,
        String resource,
        String resourceAccount,
        RequestContext context,
        @Nullable Policy resourcePolicy) {}
