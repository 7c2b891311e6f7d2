package dev.baton.local.sts;

import dev.baton.local.caller.AccessKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A new session of a user under another name.
///
/// @param packedPolicySize percent of the room in the session token, or null where nothing was to be packed
record FederatedSession(
        AccessKey credentials, Instant expiration, @Nullable Integer packedPolicySize) {
    /// Twelve hours, where nothing is said.
    static final int DEFAULT_SECONDS = 43_200;
}
