package dev.baton.local.sts;

import dev.baton.local.caller.AccessKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A new session of a role.
///
/// @param packedPolicySize percent of the room in the session token, or null where nothing was to be packed
public record AssumedRole(
        AccessKey credentials,
        Instant expiration,
        @Nullable Integer packedPolicySize,
        @Nullable String sourceIdentity) {

    /// `AROA…:session`.
    public String id() {
        return credentials.caller().userId();
    }

    /// `arn:aws:sts::111122223333:assumed-role/name/session`.
    public String arn() {
        return credentials.caller().arn();
    }
}
