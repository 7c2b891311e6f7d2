package dev.baton.local.s3;

import dev.baton.local.http.Headers;
import java.util.Locale;
import java.util.Set;

/// The headers of S3's requests that are refused, whichever operation they come with, and those that are accepted and
/// have no effect. All others are read by the operations that have them.
final class RequestHeaders {
    /// What would mean something else if it were passed over. PutObject reads those of an object lock.
    static final Set<String> REFUSED = Set.of(
            "x-amz-checksum-md5",
            "x-amz-checksum-sha512",
            "x-amz-checksum-xxhash128",
            "x-amz-checksum-xxhash3",
            "x-amz-checksum-xxhash64",
            "x-amz-copy-source-server-side-encryption-customer-algorithm",
            "x-amz-copy-source-server-side-encryption-customer-key",
            "x-amz-copy-source-server-side-encryption-customer-key-md5",
            "x-amz-if-match-initiated-time",
            "x-amz-if-match-last-modified-time",
            "x-amz-if-match-size",
            "x-amz-object-if-match",
            "x-amz-object-lock-legal-hold",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-server-side-encryption-context",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-server-side-encryption-customer-key",
            "x-amz-server-side-encryption-customer-key-md5",
            "x-amz-write-offset-bytes");

    /// There is no governance mode, no deletion by MFA, nobody else who pays, and nothing that is being restored.
    static final Set<String> WITHOUT_EFFECT = Set.of(
            "x-amz-bypass-governance-retention",
            "x-amz-confirm-remove-self-bucket-access",
            "x-amz-mfa",
            "x-amz-object-annotation-directive",
            "x-amz-optional-object-attributes",
            "x-amz-request-payer");

    private RequestHeaders() {}

    /// @throws dev.baton.local.http.AwsError `NotImplemented`
    static void check(Headers headers) {
        check(headers, Set.of());
    }

    /// @param honoured those that an operation reads
    /// @throws dev.baton.local.http.AwsError `NotImplemented`
    static void check(Headers headers, Set<String> honoured) {
        headers.each((name, value) -> {
            var small = name.toLowerCase(Locale.ROOT);
            if (REFUSED.contains(small) && !honoured.contains(small)) {
                throw S3Error.notImplemented(small);
            }
        });
    }

    /// The algorithm that a header names.
    ///
    /// @throws dev.baton.local.http.AwsError where S3 has none of that name
    static ChecksumAlgorithm algorithm(String name) {
        var algorithm = ChecksumAlgorithm.of(name);
        if (algorithm == null) {
            throw S3Error.invalidRequest("Checksum algorithm provided is unsupported. Please try again with any of "
                    + "the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        }
        return algorithm;
    }
}
