package dev.baton.local.caller;

import org.jspecify.annotations.Nullable;

/// An access key with its secret, and whose it is. Never prints its secrets.
///
/// @param sessionToken null for a user's own key; for temporary credentials a request must carry it
public record AccessKey(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        Caller caller) {

    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + " of " + caller.arn() + "]";
    }
}
