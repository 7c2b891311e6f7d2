package dev.baton.local.caller;

import dev.baton.local.iam.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The part of temporary credentials beside their principal.
///
/// @param policies the session policies; none means that they do not narrow anything
/// @param tags the session's tags; role and user tags are not among them
/// @param transitiveTagKeys those tags that a further session inherits
/// @param federatedProvider the provider's ARN for a web identity, otherwise null
/// @param claims the condition keys that the provider's token gave, in small letters
public record Session(
        List<Policy> policies,
        Map<String, String> tags,
        Set<String> transitiveTagKeys,
        @Nullable String sourceIdentity,
        @Nullable String federatedProvider,
        Map<String, List<String>> claims,
        Instant issuedAt,
        Instant expiresAt) {

    public Session {
        policies = List.copyOf(policies);
        tags = Map.copyOf(tags);
        transitiveTagKeys = Set.copyOf(transitiveTagKeys);
        claims = Map.copyOf(claims);
    }
}
