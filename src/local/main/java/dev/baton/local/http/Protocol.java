package dev.baton.local.http;

import dev.baton.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The protocol of a service; here: how it says that something went wrong.
public enum Protocol {
    /// Step Functions.
    JSON_1_0,
    /// EventBridge, KMS, ECS and Systems Manager.
    JSON_1_1,
    /// STS, IAM and SNS: forms in, XML out.
    QUERY,
    /// Lambda.
    REST_JSON,
    /// EC2, which is not here: forms in, XML of its own shape out.
    EC2,
    /// Services that speak binary JSON, of which none is here: `smithy-protocol: rpc-v2-cbor`.
    CBOR,
    /// S3: XML in its own shape.
    S3;

    public String contentType() {
        return switch (this) {
            case JSON_1_0 -> "application/x-amz-json-1.0";
            case JSON_1_1 -> "application/x-amz-json-1.1";
            case REST_JSON -> "application/json";
            case QUERY, EC2 -> "text/xml";
            case CBOR -> "application/cbor";
            case S3 -> "application/xml";
        };
    }

    /// The error as the SDKs of the service read it.
    public AwsResponse response(AwsError thrown, AwsRequest request) {
        var error = thrown.in(this);
        var response = content(error, request);
        error.headers().forEach(response::with);
        return response;
    }

    private AwsResponse content(AwsError error, AwsRequest request) {
        return switch (this) {
            case JSON_1_0, JSON_1_1 -> AwsResponse.of(error.status(), contentType(), json(error, error.code()));
            case REST_JSON ->
                AwsResponse.of(error.status(), contentType(), json(error, null)).with("x-amzn-ErrorType", error.code());
            case QUERY -> AwsResponse.of(error.status(), contentType(), query(error, request));
            case EC2 -> AwsResponse.of(error.status(), contentType(), ec2(error, request));
            case CBOR ->
                AwsResponse.of(error.status(), contentType(), cbor(error)).with("smithy-protocol", "rpc-v2-cbor");
            case S3 -> s3(error, request);
        };
    }

    private static byte[] json(AwsError error, @Nullable String type) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (type != null) {
            body.put("__type", type);
        } else {
            body.put("Type", error.status() >= 500 ? "Service" : "User");
        }
        // Lambda's errors say "Message" or "message" by turns; its SDKs read both, so does everybody's.
        body.put(
                error.code().endsWith("AccessDeniedException") || type == null ? "Message" : "message",
                error.message());
        body.putAll(error.members());
        return Json.bytes(body);
    }

    private static byte[] query(AwsError error, AwsRequest request) {
        var xml = new Xml().open("ErrorResponse", "https://iam.amazonaws.com/doc/2010-05-08/");
        xml.open("Error");
        xml.element("Type", error.status() >= 500 ? "Receiver" : "Sender");
        xml.element("Code", error.code()).element("Message", error.message());
        error.members().forEach((name, value) -> xml.element(name, value.toString()));
        return xml.close().element("RequestId", request.id()).close().bytes();
    }

    private static byte[] ec2(AwsError error, AwsRequest request) {
        var xml = new Xml().open("Response").open("Errors").open("Error");
        xml.element("Code", error.code()).element("Message", error.message());
        return xml.close().close().element("RequestID", request.id()).close().bytes();
    }

    /// RFC 8949: a map of two texts.
    private static byte[] cbor(AwsError error) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(0xa2);
        for (var text : new String[] {"__type", error.code(), "message", error.message()}) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes.write(0x79);
            bytes.write(utf8.length >> 8);
            bytes.write(utf8.length);
            bytes.write(utf8, 0, utf8.length);
        }
        return bytes.toByteArray();
    }

    private static AwsResponse s3(AwsError error, AwsRequest request) {
        if (request.method().equals("HEAD") || error.status() == 304) {
            return AwsResponse.of(error.status());
        }
        var xml = new Xml().open("Error");
        xml.element("Code", error.code()).element("Message", error.message());
        error.members().forEach((name, value) -> xml.element(name, value.toString()));
        xml.element("RequestId", request.id())
                .element("HostId", hostId(request.id()))
                .close();
        return AwsResponse.of(error.status(), S3.contentType(), xml.bytes());
    }

    /// S3's second id of a request; ours follows from the first.
    public static String hostId(String requestId) {
        return Base64.getEncoder().encodeToString((requestId + "/" + requestId).getBytes(StandardCharsets.US_ASCII));
    }
}
