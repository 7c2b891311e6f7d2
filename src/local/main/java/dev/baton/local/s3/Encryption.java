package dev.baton.local.s3;

import org.jspecify.annotations.Nullable;

/// The encryption that an object is said to have. Nothing is encrypted here; what policies and clients see is all
/// there.
///
/// @param algorithm `AES256`, `aws:kms` or `aws:kms:dsse`
/// @param keyId the KMS key's ARN; absent for S3's own keys
/// @param bucketKey whether the bucket's ARN is the encryption context instead of the object's
record Encryption(String algorithm, @Nullable String keyId, boolean bucketKey) {
    static final Encryption S3_MANAGED = new Encryption("AES256", null, false);

    boolean isKms() {
        return algorithm.startsWith("aws:kms");
    }
}
