package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class SignedPostTest {
    private static byte[] send(Recorder wire) throws IOException {
        var environment = new FunctionEnvironment(Map.of("AWS_REGION", "eu-central-1"));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret"));
        return new SignedPost(environment, wire, credentials, Backoff.ASLEEP)
                .send("secretsmanager", "/", Map.of(), new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "com.amazon.coral.availability#ThrottlingException"})
    void a_service_that_tells_in_json_that_it_is_too_much_is_asked_again(String type) throws IOException {
        var wire = new Recorder()
                .answering(400, Map.of(), "{\"__type\":\"" + type + "\",\"message\":\"Rate exceeded\"}")
                .answering(200, Map.of(), "{}");
        assertThat(send(wire)).asString().isEqualTo("{}");
    }

    @Test
    void a_refusal_in_json_says_code_and_message() {
        var wire = new Recorder()
                .answering(
                        400,
                        Map.of(),
                        "{\"__type\":\"AccessDeniedException\",\"Message\":\"User: u is not authorized to\"}");
        assertThatThrownBy(() -> send(wire))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("User: u is not authorized to");
                });
        assertThat(wire.sent()).hasSize(1);
    }

    @Test
    void what_is_no_json_is_shown_as_it_is() {
        var wire = new Recorder().answering(403, Map.of(), "{<html>");
        assertThatThrownBy(() -> send(wire)).isInstanceOf(IOException.class).hasMessageContaining("{<html>");
    }
}
