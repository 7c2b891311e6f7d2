package dev.baton.local.http;

import java.util.Map;

/// The errors that every service knows, each under the code of the service's protocol.
public enum Problem {
    ACCESS_DENIED(403, "AccessDenied", "AccessDenied", 400, "AccessDeniedException"),
    UNKNOWN_KEY(403, "InvalidAccessKeyId", "InvalidClientTokenId", 400, "UnrecognizedClientException"),
    WRONG_TOKEN(400, "InvalidToken", "InvalidClientTokenId", 400, "UnrecognizedClientException"),
    EXPIRED_TOKEN(400, "ExpiredToken", "ExpiredToken", 400, "ExpiredTokenException"),
    WRONG_SIGNATURE(403, "SignatureDoesNotMatch", "SignatureDoesNotMatch", 400, "InvalidSignatureException"),
    SKEWED_CLOCK(403, "RequestTimeTooSkewed", "SignatureDoesNotMatch", 400, "InvalidSignatureException"),
    INCOMPLETE_SIGNATURE(
            400, "AuthorizationHeaderMalformed", "IncompleteSignature", 400, "IncompleteSignatureException"),
    /// The same in a presigned URL.
    INCOMPLETE_QUERY(
            400, "AuthorizationQueryParametersError", "IncompleteSignature", 400, "IncompleteSignatureException"),
    UNSIGNED(403, "AccessDenied", "MissingAuthenticationToken", 400, "MissingAuthenticationTokenException"),
    WRONG_PAYLOAD(400, "XAmzContentSHA256Mismatch", "SignatureDoesNotMatch", 400, "InvalidSignatureException"),
    UNKNOWN_ACTION(405, "MethodNotAllowed", "InvalidAction", 400, "UnknownOperationException"),
    MALFORMED_BODY(400, "MalformedXML", "MalformedInput", 400, "SerializationException"),
    TOO_LARGE(400, "EntityTooLarge", "MalformedInput", 413, "RequestEntityTooLargeException"),
    FAILURE(500, "InternalError", "InternalFailure", 500, "InternalFailure");

    private final int xmlStatus;
    private final String s3Code;
    private final String queryCode;
    private final int jsonStatus;
    private final String jsonCode;

    Problem(int xmlStatus, String s3Code, String queryCode, int jsonStatus, String jsonCode) {
        this.xmlStatus = xmlStatus;
        this.s3Code = s3Code;
        this.queryCode = queryCode;
        this.jsonStatus = jsonStatus;
        this.jsonCode = jsonCode;
    }

    public AwsError error(String message) {
        return new AwsError(xmlStatus, s3Code, message, this, Map.of(), Map.of());
    }

    int status(Protocol protocol) {
        return switch (protocol) {
            case S3 -> xmlStatus;
            case QUERY, EC2 ->
                this == UNKNOWN_ACTION || this == EXPIRED_TOKEN || this == WRONG_TOKEN ? queryStatus() : xmlStatus;
            case JSON_1_0, JSON_1_1, CBOR -> jsonStatus;
            case REST_JSON ->
                this == UNKNOWN_ACTION
                        ? 404
                        : this == MALFORMED_BODY || this == TOO_LARGE || this == FAILURE ? jsonStatus : 403;
        };
    }

    private int queryStatus() {
        return this == UNKNOWN_ACTION ? 400 : 403;
    }

    String code(Protocol protocol) {
        return switch (protocol) {
            case S3 -> s3Code;
            case QUERY, EC2 -> queryCode;
            case JSON_1_0, JSON_1_1, REST_JSON, CBOR -> jsonCode;
        };
    }
}
