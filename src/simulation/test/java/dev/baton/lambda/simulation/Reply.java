package dev.baton.lambda.simulation;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What a service answers.
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply json(int status, String json) {
        return new Reply(status, Map.of("Content-Type", "application/x-amz-json-1.0"), bytes(json));
    }

    static Reply xml(int status, String xml) {
        return new Reply(status, Map.of("Content-Type", "application/xml"), bytes(xml));
    }

    /// As S3 refuses.
    static Reply refused(int status, String code) {
        return xml(status, "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>");
    }

    /// As services that speak JSON refuse.
    static Reply refusedAsJson(int status, String code) {
        return json(status, "{\"__type\":\"" + code + "\",\"message\":\"" + code + "\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    HttpExecuteResponse response() {
        var response = SdkHttpResponse.builder().statusCode(status);
        headers.forEach((name, value) -> response.putHeader(name, List.of(value)));
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }
}
