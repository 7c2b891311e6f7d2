package dev.baton.lambda.internal.rehearsal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// Answers requests to STS and S3 without sending them anywhere.
final class CannedAnswers implements SdkHttpClient {
    private static final String ROLE = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
            <AssumedRoleUser><AssumedRoleId>AROA:r</AssumedRoleId><Arn>arn:aws:sts::0:assumed-role/r/r</Arn></AssumedRoleUser>\
            <Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
            <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials><PackedPolicySize>1</PackedPolicySize>\
            </AssumeRoleResult></AssumeRoleResponse>""";
    private static final String KEYS = """
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><KeyCount>1</KeyCount>\
            <IsTruncated>false</IsTruncated><Contents><Key>k</Key><ETag>"e"</ETag><Size>2</Size></Contents>\
            </ListBucketResult>""";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// The requests so far, as `METHOD PATH`.
    List<String> asked() {
        return asked;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return answer(request.httpRequest());
            }

            @Override
            public void abort() {
                // Nothing is under way.
            }
        };
    }

    private HttpExecuteResponse answer(SdkHttpRequest request) {
        asked.add(request.method() + " " + request.encodedPath());
        if (request.method() == SdkHttpMethod.POST) {
            return response(200, "text/xml", ROLE);
        }
        if (request.rawQueryParameters().containsKey("list-type")) {
            return response(200, "application/xml", KEYS);
        }
        if (request.encodedPath().endsWith("/missing")) {
            // As to anybody who may not list: is it not there, or not for him?
            return response(403, "application/xml", "");
        }
        return response(200, "application/json", request.method() == SdkHttpMethod.GET ? "{}" : "");
    }

    private static HttpExecuteResponse response(int status, String type, String text) {
        var content = text.getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(status)
                        .headers(Map.of(
                                "Content-Type", List.of(type),
                                "Content-Length", List.of(Integer.toString(content.length)),
                                "ETag", List.of("\"e\""),
                                "x-amz-version-id", List.of("v")))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(content)))
                .build();
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
