package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/// What the README shows of the embedded AWS.
@EmbeddedAwsTest
class OnAwsTest {
    private static final String GREETING = """
            {"StartAt": "Greet", "States": {"Greet": {"Type": "Pass", "Result": "hello", "End": true}}}""";

    @Test
    void a_state_machine_is_created_as_in_an_account(EmbeddedAws aws) {
        aws.foundation().identities().role("/", "states", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"Service": "states.amazonaws.com"}}}""");
        try (var states = client(aws)) {
            var created = states.createStateMachine(machine -> machine.name("greeting")
                    .definition(GREETING)
                    .roleArn(aws.account().globalArn("iam", "role/states")));

            assertThat(states.describeStateMachine(asked -> asked.stateMachineArn(created.stateMachineArn()))
                            .definition())
                    .isEqualTo(GREETING);
        }
    }

    static SfnClient client(EmbeddedAws aws) {
        var user = aws.administrator();
        return SfnClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.of(aws.account().region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(user.accessKeyId(), user.secretAccessKey())))
                .httpClient(Apache5HttpClient.create())
                .build();
    }
}
