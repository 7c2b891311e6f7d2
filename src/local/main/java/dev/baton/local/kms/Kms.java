package dev.baton.local.kms;

import dev.baton.local.http.Account;
import dev.baton.local.http.JsonAction;
import dev.baton.local.http.JsonService;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.Service;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.Identities;
import dev.baton.local.internal.StoredFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// KMS: symmetric keys whose policies decide who may use them.
///
/// Grants, asymmetric and HMAC keys, imported material and multi-Region keys are not here and are refused.
/// See the [API reference](https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html).
public final class Kms {
    private final Keyring keys;
    private final KeyAccess access;
    private final Service service;

    /// @param folder where keys are kept over restarts; absent where they need not be
    public Kms(Account account, Clock clock, Authorizer authorizer, Identities identities, @Nullable Path folder) {
        keys = new Keyring(account, clock, folder == null ? null : new StoredFile(folder.resolve("kms.json")));
        access = new KeyAccess(keys, authorizer);
        var policies = new KeyPolicies(keys, access, identities);
        var actions = new HashMap<String, JsonAction>();
        actions.putAll(new KeyActions(keys, access, policies).all());
        actions.putAll(policies.all());
        actions.putAll(new AliasActions(keys, access).all());
        actions.putAll(new CipherActions(keys, access).all());
        service = new JsonService("kms", Protocol.JSON_1_1, "TrentService", actions);
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// What S3 encrypts with, for its callers.
    public ServiceKeys forS3() {
        return new ServiceKeys(keys, access, "s3");
    }
}
