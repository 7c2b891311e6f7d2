package dev.baton.policy;

import java.util.List;

/// The answer of policies.
///
/// @param allowed never where anything went wrong
/// @param reason a sentence: which policies decided, or that none allows it, or what went wrong
/// @param policies the ids of the policies that decided
/// @param hash SHA-256 of the policies, in hex: by which text it was decided
/// @param silent whether it is denied only because no policy says anything about it: rights for a while may allow it
public record PolicyAnswer(boolean allowed, String reason, List<String> policies, String hash, boolean silent) {
    public PolicyAnswer {
        policies = List.copyOf(policies);
    }

    /// One that nothing but policies changes.
    public PolicyAnswer(boolean allowed, String reason, List<String> policies, String hash) {
        this(allowed, reason, policies, hash, false);
    }
}
