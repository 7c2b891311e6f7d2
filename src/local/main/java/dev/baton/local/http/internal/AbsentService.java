package dev.baton.local.http.internal;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Protocol;
import java.util.Collection;
import java.util.Set;

/// A service that the embedded AWS does not have, and how its callers are told so: in the protocol that the request
/// itself is written in, as nothing else is known about the service.
///
/// Its status is 501, which no SDK takes for a reason to try again.
record AbsentService(String name, Protocol protocol) {
    /// What answers with XML although its requests look like those of any REST API.
    private static final Set<String> REST_XML = Set.of("cloudfront", "route53", "s3control", "importexport");

    /// Where S3's other API lives, whose requests are signed as S3's are.
    private static final String S3_CONTROL = "/v20180820/";

    static boolean isS3Control(AwsRequest request) {
        return request.rawPath().startsWith(S3_CONTROL) && request.headers().has("x-amz-account-id");
    }

    static AbsentService of(String name, AwsRequest request) {
        return new AbsentService(name, spoken(name, request));
    }

    private static Protocol spoken(String name, AwsRequest request) {
        var type = request.headers().get("Content-Type", "");
        if (request.headers().get("smithy-protocol", "").equals("rpc-v2-cbor")
                || type.startsWith("application/cbor")) {
            return Protocol.CBOR;
        }
        if (type.startsWith("application/x-amz-json-1.0")) {
            return Protocol.JSON_1_0;
        }
        if (type.startsWith("application/x-amz-json-") || request.headers().has("X-Amz-Target")) {
            return Protocol.JSON_1_1;
        }
        if (type.startsWith("application/x-www-form-urlencoded")
                || request.query().has("Action")) {
            return name.equals("ec2") ? Protocol.EC2 : Protocol.QUERY;
        }
        return REST_XML.contains(name) ? Protocol.QUERY : Protocol.REST_JSON;
    }

    AwsError refusal(Collection<String> services) {
        return new AwsError(
                501,
                "NotImplemented",
                "This endpoint has no service " + name + "; it has " + String.join(", ", services) + ".");
    }
}
