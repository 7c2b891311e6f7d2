package dev.baton.local.s3;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The default encryption of a bucket.
final class BucketEncryption {
    private BucketEncryption() {}

    static Encryption of(Bucket bucket) {
        var document = bucket.setting(BucketSetting.ENCRYPTION);
        return document == null ? Encryption.S3_MANAGED : parse(document.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws dev.baton.local.http.AwsError where the document says something else
    static Encryption parse(byte[] document) {
        var rule =
                XmlElement.parse(document, "ServerSideEncryptionConfiguration").child("Rule");
        if (rule == null) {
            throw S3Error.malformedXml();
        }
        return rule(rule);
    }

    private static Encryption rule(XmlElement rule) {
        var byDefault = rule.child("ApplyServerSideEncryptionByDefault");
        boolean bucketKey = "true".equals(strip(rule.get("BucketKeyEnabled")));
        if (byDefault == null) {
            return new Encryption("AES256", null, bucketKey);
        }
        var algorithm = byDefault.require("SSEAlgorithm");
        if (!algorithm.equals("AES256") && !algorithm.equals("aws:kms") && !algorithm.equals("aws:kms:dsse")) {
            throw S3Error.malformedXml();
        }
        var keyId = strip(byDefault.get("KMSMasterKeyID"));
        if (keyId != null && algorithm.equals("AES256")) {
            throw S3Error.invalidArgument(
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                    "KMSMasterKeyID",
                    keyId);
        }
        return new Encryption(algorithm, keyId, bucketKey);
    }

    private static @Nullable String strip(@Nullable String text) {
        return text == null ? null : text.strip();
    }
}
