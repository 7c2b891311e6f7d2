package dev.baton.cli.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/// What a task's function is measured against: creates the SDK's clients of S3 and STS, and nothing else. Asked to, it
/// makes one call with each: what no function that uses them can do without.
public final class BareHandler implements RequestStreamHandler {
    private final S3Client s3;
    private final StsClient sts;

    public BareHandler() {
        var http = Apache5HttpClient.builder().maxConnections(200).build();
        var region = Region.of(System.getenv("AWS_REGION"));
        var endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL"));
        var credentials = StaticCredentialsProvider.create(AwsSessionCredentials.create(
                System.getenv("AWS_ACCESS_KEY_ID"),
                System.getenv("AWS_SECRET_ACCESS_KEY"),
                System.getenv("AWS_SESSION_TOKEN")));
        s3 = S3Client.builder()
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .httpClient(http)
                .forcePathStyle(true)
                .build();
        sts = StsClient.builder()
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var order = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (order.contains("call")) {
            sts.getCallerIdentity();
            try {
                s3.headObject(request -> request.bucket("nobodys").key("nothing"));
            } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
                // It may not; asking is what counts.
                context.getLogger().log(e.statusCode() + "\n");
            }
        }
        out.write(("\"" + s3.serviceName() + " " + sts.serviceName() + "\"").getBytes(StandardCharsets.UTF_8));
    }
}
