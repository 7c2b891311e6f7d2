package dev.baton.compiler.internal.access;

import dev.baton.run.StateKeys;
import java.util.List;

/// The refusals of the state bucket that keep evidence and policies about people as they were written, whoever asks: an
/// entry of the evidence is written once, and neither is ever deleted.
///
/// Without policies the default would hold, so that to delete them is to change them. What roles of pipelines may not
/// write at all, `policies/` among it, stands in [BucketCompiler].
final class EvidenceRefusals {
    private EvidenceRefusals() {}

    /// @param bucket the state bucket's ARN
    static List<PolicyStatement> statements(String bucket) {
        var evidence = bucket + "/" + StateKeys.EVIDENCE + "*";
        return List.of(
                // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
                PolicyStatement.deny("OnlyOnce", List.of("s3:PutObject"), List.of(evidence))
                        .when("Null", "s3:if-none-match", List.of("true")),
                PolicyStatement.deny(
                        "NeverDeleted",
                        List.of("s3:DeleteObject", "s3:DeleteObjectVersion"),
                        List.of(evidence, bucket + "/" + StateKeys.POLICIES + "*")));
    }
}
