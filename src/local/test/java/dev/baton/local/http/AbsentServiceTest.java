package dev.baton.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever asks for a service that is not here is told so in the protocol of the request.
class AbsentServiceTest {
    private static final EmbeddedAws AWS = EmbeddedAws.start();

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private static RawHttp.Answer answer(
            String service, String method, String target, String body, Map<String, String> headers)
            throws IOException {
        var request = new Signing(AWS.endpoint(), AWS.administrator(), service)
                .sign(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
        try (var http = new RawHttp(AWS.endpoint())) {
            return http.send(request.bytes()).answer(false);
        }
    }

    private static Map<String, String> headers(String contentType, String... more) {
        var headers = new LinkedHashMap<String, String>();
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "timestream,application/x-amz-json-1.0,Timestream_20181101.ListDatabases,application/x-amz-json-1.0",
        "kinesis,application/x-amz-json-1.1,Kinesis_20131202.ListStreams,application/x-amz-json-1.1"
    })
    void json_in_is_json_out(String service, String in, String target, String out) throws IOException {
        var answer = answer(service, "POST", "/", "{}", headers(in, "X-Amz-Target", target));
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.headers()).containsEntry("content-type", out);
        assertThat(answer.code()).isEqualTo("NotImplemented");
        assertThat(answer.text()).contains("has no service " + service);
    }

    @ParameterizedTest
    @CsvSource({
        "cloudformation,POST,/,Action=ListStacks&Version=2010-05-15,ErrorResponse",
        "elasticache,GET,/?Action=DescribeCacheClusters&Version=2015-02-02,'',ErrorResponse",
        "ec2,POST,/,Action=DescribeInstances&Version=2016-11-15,Response",
        "cloudfront,GET,/2020-05-31/distribution,'',ErrorResponse",
        "route53,GET,/2013-04-01/hostedzone,'',ErrorResponse"
    })
    void forms_and_xml_are_answered_with_xml(
            String service, String method, String target, String body, String root) throws IOException {
        var type = body.isEmpty() ? "" : "application/x-www-form-urlencoded; charset=utf-8";
        var answer = answer(service, method, target, body, headers(type));
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.headers()).containsEntry("content-type", "text/xml");
        assertThat(answer.text()).contains("<" + root);
        assertThat(answer.text().contains("<RequestID>")).isEqualTo(service.equals("ec2"));
        assertThat(answer.code()).isEqualTo("NotImplemented");
    }

    @Test
    void the_other_api_of_s3_is_no_bucket() throws IOException {
        var answer = answer(
                "s3", "GET", "/v20180820/accesspoint", "", headers("", "x-amz-account-id", "000000000000"));
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.text()).contains("<ErrorResponse").contains("no service s3control");
    }

    @Test
    void a_rest_api_of_json_is_answered_with_its_error_type() throws IOException {
        var answer = answer("apigateway", "GET", "/restapis", "", headers(""));
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-amzn-errortype", "NotImplemented");
    }

    @Test
    void binary_json_is_answered_with_binary_json() throws IOException {
        var answer = answer(
                "monitoring",
                "POST",
                "/service/GraniteServiceVersion20100801/operation/ListMetrics",
                "",
                headers("application/cbor", "smithy-protocol", "rpc-v2-cbor"));
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/cbor")
                .containsEntry("smithy-protocol", "rpc-v2-cbor");
        var body = answer.body();
        assertThat(body[0] & 0xff).as("a map of two").isEqualTo(0xa2);
        assertThat(answer.text()).contains("__type").contains("NotImplemented").contains("no service monitoring");
        int code = body[12];
        assertThat(code).as("the length of the code").isEqualTo("NotImplemented".length());
    }

    @ParameterizedTest
    @CsvSource({
        "states,AWSStepFunctions.InventedTomorrow,400,UnknownOperationException",
        "events,AWSEvents.CreateArchiveTomorrow,400,UnknownOperationException"
    })
    void an_operation_that_is_not_here_is_unknown(String service, String target, int status, String code)
            throws IOException {
        var answer = answer(service, "POST", "/", "{}", headers("application/x-amz-json-1.1", "X-Amz-Target", target));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    /// SDKs put `sync-` before the host of StartSyncExecution and TestState.
    @Test
    void hosts_with_sync_before_them_are_answered() throws IOException {
        var answer = answer(
                "states",
                "POST",
                "/",
                "{\"definition\":\"{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}\"}",
                headers(
                        "application/x-amz-json-1.0",
                        "X-Amz-Target",
                        "AWSStepFunctions.TestState",
                        "Host",
                        "sync-states.us-east-1.localhost"));
        assertThat(answer.text()).contains("SUCCEEDED");
    }
}
