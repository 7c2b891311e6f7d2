package dev.baton.lambda.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.lambda.internal.aws.AtOnce;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.Recorder;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sts.model.StsException;

/// What STS is asked, and what becomes of its answers, up to the wire.
class StsTest {
    private static final String ANSWER = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
              <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId><Arn>arn:aws:sts::1:assumed-role/r/s</Arn></AssumedRoleUser>
              <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s/e+c</SecretAccessKey>
                <SessionToken>t//o+k==</SessionToken><Expiration>2026-11-22T08:15:00Z</Expiration></Credentials>
              <PackedPolicySize>42</PackedPolicySize><SourceIdentity>i</SourceIdentity>
            </AssumeRoleResult></AssumeRoleResponse>""";
    private static final RoleRequest REQUEST = new RoleRequest(
            "arn:aws:iam::123456789012:role/baton/weather/baton-weather-Clean",
            "a1b2.Clean=1,@+-_",
            "weather-2012",
            900,
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Resource\":\"arn:aws:s3:::lake/é %&+=~*\"}]}",
            new LinkedHashMap<>(Map.of("baton:pipeline", "weather & co", "baton:task", "Clean new-york")),
            List.of("baton:pipeline"));

    private static FunctionEnvironment environment(String region, String fips, String endpoint) {
        var variables = new LinkedHashMap<>(Map.of(
                "AWS_REGION", region,
                "AWS_ACCESS_KEY_ID", "AKIA",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "token"));
        variables.put("AWS_USE_FIPS_ENDPOINT", fips);
        if (endpoint != null) {
            variables.put("AWS_ENDPOINT_URL", endpoint);
        }
        return new FunctionEnvironment(variables);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, false, , https://sts.eu-central-1.amazonaws.com:443",
        "us-east-1, false, , https://sts.us-east-1.amazonaws.com:443",
        "us-east-1, true, , https://sts-fips.us-east-1.amazonaws.com:443",
        "cn-north-1, false, , https://sts.cn-north-1.amazonaws.com.cn:443",
        "us-gov-west-1, true, , https://sts.us-gov-west-1.amazonaws.com:443",
        "eu-central-1, false, http://127.0.0.1:4566, http://127.0.0.1:4566"
    })
    void the_regions_own_sts_is_asked_with_the_functions_credentials(
            String region, String fips, String endpoint, String at) {
        var wire = new Recorder().answering(200, Map.of(), ANSWER);
        new Sts(new ServiceClients(environment(region, fips, endpoint), () -> wire)).apply(REQUEST);

        var sent = wire.sent().getFirst();
        assertThat(sent.line().replaceFirst("/$", "")).isEqualTo("POST " + at);
        assertThat(wire.signers()).containsExactly("AKIA");
        assertThat(sent.headers()).containsEntry("x-amz-security-token", List.of("token"));
        var expected = new TreeMap<>(Map.of(
                "Action", "AssumeRole",
                "Version", "2011-06-15",
                "RoleArn", REQUEST.role(),
                "RoleSessionName", REQUEST.sessionName(),
                "SourceIdentity", REQUEST.sourceIdentity(),
                "DurationSeconds", "900",
                "Policy", REQUEST.policy()));
        var number = 0;
        for (var tag : REQUEST.tags().entrySet()) {
            number++;
            expected.put("Tags.member." + number + ".Key", tag.getKey());
            expected.put("Tags.member." + number + ".Value", tag.getValue());
        }
        expected.put("TransitiveTagKeys.member.1", "baton:pipeline");
        assertThat(form(sent.body())).isEqualTo(expected);
    }

    private static Map<String, String> form(String body) {
        var fields = new TreeMap<String, String>();
        Arrays.stream(body.split("&")).forEach(field -> {
            var equals = field.indexOf('=');
            fields.put(
                    field.substring(0, equals), URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        });
        return fields;
    }

    private static Sts sts(Recorder wire) {
        return new Sts(new ServiceClients(environment("eu-central-1", "false", null), () -> wire, AtOnce.INSTANCE));
    }

    @Test
    void a_session_is_what_sts_answered() {
        var assumed = sts(new Recorder().answering(200, Map.of(), ANSWER)).apply(REQUEST);

        assertThat(assumed.arn()).isEqualTo("arn:aws:sts::1:assumed-role/r/s");
        assertThat(assumed.credentials().accessKeyId()).isEqualTo("ASIA");
        assertThat(assumed.credentials().secretAccessKey()).isEqualTo("s/e+c");
        assertThat(assumed.credentials().sessionToken()).isEqualTo("t//o+k==");
        assertThat(assumed.expires()).isEqualTo(Instant.parse("2026-11-22T08:15:00Z"));
        assertThat(assumed.packedPercent()).isEqualTo(42);
        assertThat(assumed.toString()).doesNotContain("s/e+c", "t//o+k==", "ASIA");
    }

    @Test
    void a_refusal_says_what_sts_says() {
        var wire = new Recorder()
                .answering(
                        403,
                        Map.of("x-amzn-requestid", "R"),
                        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message>"
                                + "</Error></ErrorResponse>");
        assertThatThrownBy(() -> sts(wire).apply(REQUEST)).isInstanceOfSatisfying(StsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(e.requestId()).isEqualTo("R");
            assertThat(e).hasMessageContaining("not you");
        });
        assertThat(wire.sent()).hasSize(1);
    }

    @Test
    void an_answer_without_credentials_is_asked_for_again_and_shown_to_nobody() {
        var wire = new Recorder()
                .answering(200, Map.of(), ANSWER.replace("SessionToken", "Other"))
                .answering(200, Map.of(), ANSWER);
        assertThat(sts(wire).apply(REQUEST).credentials().sessionToken()).isEqualTo("t//o+k==");
        assertThat(wire.sent()).hasSize(2);
        assertThatThrownBy(() ->
                        sts(answering(ANSWER.replace("SessionToken", "Other"))).apply(REQUEST))
                .hasMessageContaining("without SessionToken")
                .hasMessageNotContaining("t//o+k==");
    }

    private static Recorder answering(String text) {
        var wire = new Recorder();
        for (var attempt = 0; attempt < 10; attempt++) {
            wire.answering(200, Map.of(), text);
        }
        return wire;
    }
}
