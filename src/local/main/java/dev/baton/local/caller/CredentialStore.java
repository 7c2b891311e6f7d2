package dev.baton.local.caller;

import java.util.Optional;

/// The access keys that are known. Expired ones stay known for a while, so that a request with one is told so.
public interface CredentialStore {

    /// The key's secret and caller; whether it expired is in `caller().session().expiresAt()`.
    Optional<AccessKey> find(String accessKeyId);

    void add(AccessKey credentials);

    void remove(String accessKeyId);
}
