package dev.baton.local.secretsmanager;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Clients of Secrets Manager, and what machines answer that call it.
final class SecretClients {
    private SecretClients() {}

    static SecretsManagerClient client(EmbeddedAws aws, AccessKey key) {
        var token = key.sessionToken();
        AwsCredentials credentials = token == null
                ? AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())
                : AwsSessionCredentials.create(key.accessKeyId(), key.secretAccessKey(), token);
        return SecretsManagerClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(Apache5HttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /// The output of an execution of a machine.
    static String output(ApplicationEndpoint aws, String name, String role, String definition) {
        var machine = aws.states()
                .createStateMachine(r -> r.name(name).roleArn(role).definition(definition))
                .stateMachineArn();
        var execution = aws.states()
                .startExecution(r -> r.stateMachineArn(machine).input("{}"))
                .executionArn();
        aws.aws()
                .states()
                .engine()
                .execution(execution)
                .orElseThrow()
                .closed()
                .toCompletableFuture()
                .join();
        return aws.states().describeExecution(r -> r.executionArn(execution)).output();
    }
}
