package dev.baton.local.kms;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.iam.policy.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// KMS as another service uses it for a caller: with the caller's rights, and saying through whom (`kms:ViaService`).
///
/// What KMS refuses, the service answers under `KMS.…`, as S3 does.
public final class ServiceKeys {
    private final Keyring keys;
    private final KeyAccess access;
    private final String service;
    private final @Nullable ManagedKey own;

    ServiceKeys(Keyring keys, KeyAccess access, ManagedKey own) {
        this(keys, access, own.service(), own);
    }

    /// @param service as hosts name it
    /// @param own the key that AWS manages for it; null where there is none
    ServiceKeys(Keyring keys, KeyAccess access, String service, @Nullable ManagedKey own) {
        this.keys = keys;
        this.access = access;
        this.service = service;
        this.own = own;
    }

    /// The ARN of the key that is meant.
    ///
    /// @param named an id, an alias or an ARN; absent for the service's own key
    /// @throws AwsError `KMS.NotFoundException`
    public String arn(@Nullable String named) {
        return find(named == null ? Objects.requireNonNull(own).alias() : named).arn();
    }

    /// Lets the caller use the key for the service's data, or says why not.
    ///
    /// @param action such as `kms:GenerateDataKey`
    /// @param encryptionContext what the data is bound to
    public void require(AwsRequest request, String action, String arn, Map<String, String> encryptionContext) {
        var key = find(arn);
        RequestContext via = name -> switch (name) {
            case "kms:viaservice" -> List.of(service + "." + keys.account().region() + ".amazonaws.com");
            case "aws:viaawsservice" -> List.of("true");
            case "kms:encryptionalgorithm" -> List.of("SYMMETRIC_DEFAULT");
            default -> null;
        };
        access.require(request, action, key, via.or(KeyAccess.of(encryptionContext)));
        if (key.deletion() != null) {
            throw new AwsError(400, "KMS.KMSInvalidStateException", key.arn() + " is pending deletion.");
        }
        if (!key.enabled()) {
            throw new AwsError(400, "KMS.DisabledException", key.arn() + " is disabled.");
        }
        if (key.spec().isPair()) {
            throw new AwsError(
                    400,
                    "KMS.InvalidKeyUsageException",
                    key.arn() + " key usage is " + key.spec().usage() + " which is not valid for "
                            + action.substring("kms:".length()) + ".");
        }
    }

    /// Encrypts the service's data; leave was asked before.
    ///
    /// @param context what the data is bound to
    public byte[] seal(String arn, byte[] plain, Map<String, String> context) {
        return Ciphers.encrypt(find(arn), keys.random(Ciphers.IV_LENGTH), plain, context);
    }

    /// Decrypts what [#seal] made.
    public byte[] open(String arn, byte[] sealed, Map<String, String> context) {
        return Ciphers.decrypt(find(arn), sealed, context);
    }

    private KmsKey find(String named) {
        var key = keys.find(named);
        if (key != null) {
            return key;
        }
        throw new AwsError(
                400,
                "KMS.NotFoundException",
                named.contains("alias/")
                        ? "Alias " + (named.startsWith("arn:") ? named : keys.arn(named)) + " is not found."
                        : "Key '" + (named.startsWith("arn:") ? named : keys.arn("key/" + named)) + "' does not exist");
    }
}
