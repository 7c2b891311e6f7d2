package dev.baton.local.kms;

import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;

/// KMS: keys that encrypt and keys that sign, whose policies decide who may use them.
///
/// Grants, asymmetric keys for encryption and key agreement, HMAC keys, imported material and multi-Region keys are not here and are refused.
/// See the [API reference](https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html).
public final class Kms {
    private final Keyring keys;
    private final KeyAccess access;
    private final Service service;

    public Kms(Foundation foundation) {
        keys = new Keyring(foundation.account(), foundation.clock(), new KmsStore(foundation.file("kms.json")));
        access = new KeyAccess(keys, foundation.authorizer());
        var policies = new KeyPolicies(keys, access, foundation.identities());
        var operations = ApiOperation.all(
                new KeyActions(keys, access, policies).all(),
                policies.all(),
                new AliasActions(keys, access).all(),
                new CipherActions(keys, access).all(),
                new SigningActions(keys, access).all());
        service = new JsonService(
                "kms", Protocol.JSON_1_1, "TrentService", foundation.authorizer(), operations, keys::save, () -> {});
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// What S3 encrypts with, for its callers.
    public ServiceKeys forS3() {
        return new ServiceKeys(keys, access, ManagedKey.S3);
    }

    /// What Step Functions encrypts with, for its callers; AWS manages no key of the account's for it.
    public ServiceKeys forStepFunctions() {
        return new ServiceKeys(keys, access, "states", null);
    }

    /// What Secrets Manager encrypts with, for its callers.
    public ServiceKeys forSecretsManager() {
        return new ServiceKeys(keys, access, ManagedKey.SECRETS_MANAGER);
    }
}
