package dev.baton.cli.deploy.put;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/// The KMS key that the buckets of an environment are encrypted with: one for all of them, found by its alias, made
/// where there is none. Its policy is KMS's default, which leaves to IAM's policies who may use it.
final class EncryptionKey {
    /// No key can be deleted sooner.
    private static final int LEAST_DAYS = 7;

    private final KmsClient kms;
    private final String alias;

    /// @param alias such as `alias/baton`
    EncryptionKey(KmsClient kms, String alias) {
        this.kms = kms;
        this.alias = alias;
    }

    /// @return its ARN
    String arn() {
        try {
            return kms.describeKey(request -> request.keyId(alias))
                    .keyMetadata()
                    .arn();
        } catch (NotFoundException e) {
            var key = kms.createKey(request -> request.description("What Baton's buckets are encrypted with"))
                    .keyMetadata()
                    .arn();
            kms.enableKeyRotation(request -> request.keyId(key));
            try {
                kms.createAlias(request -> request.aliasName(alias).targetKeyId(key));
                return key;
            } catch (AlreadyExistsException quicker) {
                // Somebody deploys at the same time, and was quicker: one key for all.
                discard(key);
                return kms.describeKey(request -> request.keyId(alias))
                        .keyMetadata()
                        .arn();
            } catch (KmsException failed) {
                // Nobody would find it again.
                discard(key);
                throw failed;
            }
        }
    }

    private void discard(String key) {
        kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(LEAST_DAYS));
    }
}
