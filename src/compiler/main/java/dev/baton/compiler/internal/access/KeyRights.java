package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// The rights on KMS keys: what reading and writing encrypted objects takes beyond S3's own rights.
///
/// Buckets are encrypted with a KMS key and a bucket key, so that the encryption context is the bucket's ARN, whichever
/// object it is.
final class KeyRights {
    static final String ALGORITHM = "s3:x-amz-server-side-encryption";
    static final String KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";

    private KeyRights() {}

    static String arn(String bucket) {
        return "${" + ResourceNames.keyPlaceholder(bucket) + "}";
    }

    /// @param read the logical buckets that are read; [CompiledBucket#STATE] is one
    /// @param written those that are written
    static List<PolicyStatement> statements(Collection<String> read, Collection<String> written) {
        var statements = new ArrayList<PolicyStatement>();
        // Finishing an upload in parts decrypts too.
        var decrypted = new TreeSet<>(read);
        decrypted.addAll(written);
        statements.add(through("DecryptWhatItReads", "kms:Decrypt", decrypted));
        statements.add(encrypt(written));
        return statements;
    }

    /// For those who write whole objects and read none: only an upload in parts decrypts.
    static PolicyStatement encrypt(Collection<String> written) {
        return through("EncryptWhatItWrites", "kms:GenerateDataKey", written);
    }

    /// The statement, only for objects that say that they are encrypted with the bucket's key.
    static PolicyStatement encrypted(PolicyStatement write, String bucket) {
        return write.when("StringEquals", ALGORITHM, List.of("aws:kms"))
                .when("StringEquals", KEY_ID, List.of(arn(bucket)));
    }

    private static PolicyStatement through(String sid, String action, Collection<String> buckets) {
        return PolicyStatement.allow(
                        sid,
                        List.of(action),
                        buckets.stream().map(KeyRights::arn).toList())
                .when("StringEquals", "kms:ViaService", List.of("s3.${Region}.amazonaws.com"))
                .when(
                        "StringEquals",
                        "kms:EncryptionContext:aws:s3:arn",
                        buckets.stream().map(Places::bucketArn).toList());
    }
}
