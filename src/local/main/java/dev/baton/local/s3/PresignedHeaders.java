package dev.baton.local.s3;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import java.util.Locale;
import java.util.Set;

/// The headers that a presigned URL carries in its query: metadata, storage class, tags, encryption. SDKs move them
/// there, so that whoever uses the URL needs to send none.
///
/// Checksums are left aside, as S3 leaves them: SDKs take them of the empty body that they have when they sign.
final class PresignedHeaders {
    /// What says how it was signed.
    private static final Set<String> OF_SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-content-sha256",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-security-token",
            "x-amz-signature",
            "x-amz-signedheaders",
            "x-amz-trailer");

    private PresignedHeaders() {}

    /// The request with them as headers; one that is sent as a header too goes before.
    static AwsRequest taken(AwsRequest request) {
        if (!request.signed().presigned()) {
            return request;
        }
        var headers = new Headers();
        request.headers().each(headers::add);
        request.query().each((parameter, value) -> {
            var name = parameter.toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-")
                    && !name.startsWith("x-amz-checksum-")
                    && !OF_SIGNATURE.contains(name)
                    && !headers.has(name)) {
                headers.add(name, value);
            }
        });
        return request.withHeaders(headers);
    }
}
