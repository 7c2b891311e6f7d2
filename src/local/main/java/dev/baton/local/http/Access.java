package dev.baton.local.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The question whether a caller may do something.
///
/// @param caller who asks
/// @param action such as `s3:GetObject`
/// @param resource the ARN, or `*` for actions without one
/// @param context condition keys of the request (`aws:SourceIp`, `s3:prefix` …), see [AwsRequest#context()]; those of
///     the caller (`aws:PrincipalArn` …) the authorizer adds by itself
/// @param resourceAccount the account that owns the resource
/// @param resourcePolicy the policy document on the resource, such as a bucket policy, if it has one
public record Access(
        Caller caller,
        String action,
        String resource,
        Map<String, List<String>> context,
        String resourceAccount,
        @Nullable String resourcePolicy) {

    public Access {
        context = Map.copyOf(context);
    }
}
