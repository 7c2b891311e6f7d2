package dev.baton.local;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.identity.Identities;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// An embedded AWS with clients for whoever has keys.
public final class IdentityEndpoint implements AutoCloseable {
    private final EmbeddedAws aws = EmbeddedAws.start();

    public static IdentityEndpoint start() {
        return new IdentityEndpoint();
    }

    public AccessKey administrator() {
        return aws.administrator();
    }

    public Identities identities() {
        return aws.foundation().identities();
    }

    public IamClient iam(AccessKey of) {
        return iam(of.accessKeyId(), of.secretAccessKey(), of.sessionToken());
    }

    public IamClient iam(String accessKeyId, String secret, String token) {
        return IamClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(provider(accessKeyId, secret, token))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    public StsClient sts(AccessKey of) {
        return sts(of.accessKeyId(), of.secretAccessKey(), of.sessionToken());
    }

    public StsClient sts(software.amazon.awssdk.services.sts.model.Credentials of) {
        return sts(of.accessKeyId(), of.secretAccessKey(), of.sessionToken());
    }

    public StsClient sts(String accessKeyId, String secret, String token) {
        return StsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(provider(accessKeyId, secret, token))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    private static StaticCredentialsProvider provider(String accessKeyId, String secret, String token) {
        AwsCredentials credentials = token == null
                ? AwsBasicCredentials.create(accessKeyId, secret)
                : AwsSessionCredentials.create(accessKeyId, secret, token);
        return StaticCredentialsProvider.create(credentials);
    }

    @Override
    public void close() {
        aws.close();
    }
}
