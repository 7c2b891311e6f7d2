package dev.baton.local.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pair of keys and whom it stands for. Its text never shows a secret.
///
/// @param accessKeyId such as `AKIA…`, or `ASIA…` for a session's
/// @param secretAccessKey what requests are signed with
/// @param sessionToken what a session's requests must carry beside the signature; absent for permanent keys
/// @param expires when a session ends; absent for permanent keys
/// @param caller whom the keys stand for
public record Credential(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Instant expires,
        Caller caller) {

    public static Credential permanent(String accessKeyId, String secretAccessKey, Caller caller) {
        return new Credential(accessKeyId, secretAccessKey, null, null, caller);
    }

    @Override
    public String toString() {
        return "Credential[" + accessKeyId + " of " + caller.arn() + "]";
    }
}
