package dev.baton.local.http;

import org.jspecify.annotations.Nullable;

/// Finds the credential of an access key id. Asked on every request, from many threads.
@FunctionalInterface
public interface CredentialStore {
    CredentialStore EMPTY = accessKeyId -> null;

    /// The credential, expired ones included (so that the answer is `ExpiredToken`), or nothing where there never
    /// was one.
    @Nullable Credential find(String accessKeyId);
}
