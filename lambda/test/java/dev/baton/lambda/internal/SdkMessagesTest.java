package dev.baton.lambda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SdkMessagesTest {
    private static final AwsErrorDetails DETAILS = AwsErrorDetails.builder()
            .errorCode("NoSuchKey")
            .errorMessage("The specified key does not exist.")
            .serviceName("S3")
            .build();

    @Test
    void a_refusal_keeps_its_class_and_all_but_the_count_of_attempts() {
        var refusal = NoSuchKeyException.builder()
                .awsErrorDetails(DETAILS)
                .statusCode(404)
                .requestId("R1")
                .numAttempts(3)
                .build();
        assertThat(refusal.getMessage()).contains("(SDK Attempt Count: 3)");
        var told = SdkMessages.told(refusal);
        assertThat(told)
                .isExactlyInstanceOf(NoSuchKeyException.class)
                .hasMessageContaining(
                        "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: R1")
                .hasMessageNotContaining("Attempt");
        assertThat(told.getStackTrace()).isEqualTo(refusal.getStackTrace());
        assertThat(((S3Exception) told).awsErrorDetails()).isEqualTo(DETAILS);
        assertThat(SdkMessages.of(refusal)).isEqualTo(told.getMessage());
    }

    @Test
    void a_failure_of_the_client_keeps_its_cause() {
        var cause = new IllegalStateException("closed");
        var failure = SdkClientException.builder()
                .message("Unable to execute HTTP request")
                .cause(cause)
                .numAttempts(2)
                .build();
        assertThat(failure.getMessage()).contains("(SDK Attempt Count: 2)");
        assertThat(SdkMessages.told(failure))
                .isExactlyInstanceOf(SdkClientException.class)
                .hasMessage("Unable to execute HTTP request")
                .hasCause(cause);
    }

    @Test
    void other_problems_stay_as_they_are() {
        var problem = new IllegalStateException("no");
        assertThat(SdkMessages.told(problem)).isSameAs(problem);
        assertThat(SdkMessages.of(problem)).isEqualTo("no");
    }
}
