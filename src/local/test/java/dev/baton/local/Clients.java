package dev.baton.local;

import dev.baton.local.caller.AccessKey;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The AWS SDK's own clients, pointed at an embedded AWS. They do not try again: the first answer is what tests are
/// about.
public final class Clients implements AutoCloseable {
    private final URI endpoint;
    private final AwsCredentials credentials;
    private final SdkHttpClient http =
            Apache5HttpClient.builder().maxConnections(64).build();

    public Clients(EmbeddedAws aws) {
        this(aws, aws.administrator());
    }

    public Clients(EmbeddedAws aws, AccessKey credentials) {
        this(aws.endpoint(), credentials);
    }

    public Clients(URI endpoint, AccessKey credentials) {
        this.endpoint = endpoint;
        var token = credentials.sessionToken();
        this.credentials = token == null
                ? AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey())
                : AwsSessionCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey(), token);
    }

    public S3Client s3() {
        return s3Builder().build();
    }

    public S3ClientBuilder s3Builder() {
        return prepared(S3Client.builder()).forcePathStyle(true);
    }

    public StsClient sts() {
        return prepared(StsClient.builder()).build();
    }

    public SfnClient sfn() {
        return prepared(SfnClient.builder()).build();
    }

    public IamClient iam() {
        return prepared(IamClient.builder()).build();
    }

    public KmsClient kms() {
        return prepared(KmsClient.builder()).build();
    }

    public DynamoDbClient dynamoDb() {
        return prepared(DynamoDbClient.builder()).build();
    }

    public S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepared(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(http)
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    @Override
    public void close() {
        http.close();
    }
}
