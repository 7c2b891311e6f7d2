package dev.baton.lambda.internal.rehearsal;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.Clients;
import dev.baton.lambda.internal.aws.Environment;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Goes once through what every task does with AWS, against answers that are made up: no request leaves the function, no
/// credential is used. What the JVM has loaded, linked and compiled by then, a snapshot holds, and the first invocation
/// need not wait for.
public final class Rehearsal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private final Environment environment;
    private final CannedAnswers answers = new CannedAnswers();

    /// @param environment a function's; only its Region matters
    public Rehearsal(Environment environment) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_REGION", environment.region());
        variables.put("AWS_ACCESS_KEY_ID", "rehearsal");
        variables.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
        variables.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        this.environment = new Environment(variables);
    }

    /// The requests that were made up answers to, as `METHOD PATH`.
    List<String> asked() {
        return answers.asked();
    }

    /// Never fails: what cannot be rehearsed happens for the first time when it is needed.
    @Override
    public void run() {
        try {
            rehearse();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the rehearsal ended early");
        }
    }

    private void rehearse() {
        var clients = new Clients(environment, () -> answers);
        clients.sts()
                .assumeRole(request -> request.roleArn("arn:aws:iam::0:role/r").roleSessionName("r"));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("r", "r"));
        var overrides = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(credentials)
                .build();
        var s3 = clients.s3();
        try {
            s3.headObject(request ->
                    request.bucket("b").key("missing").checksumMode(ChecksumMode.ENABLED).overrideConfiguration(overrides));
        } catch (S3Exception e) {
            LOG.trace("as it should: {}", e.statusCode());
        }
        s3.headObject(request -> request.bucket("b").key("k").overrideConfiguration(overrides));
        Json.parseObject(s3.getObjectAsBytes(
                        request -> request.bucket("b").key("k").overrideConfiguration(overrides))
                .asByteArray());
        s3.listObjectsV2(request -> request.bucket("b").prefix("k").overrideConfiguration(overrides));
        s3.putObject(
                request -> request.bucket("b")
                        .key("k")
                        .ifNoneMatch("*")
                        .metadata(Map.of("baton-run", "r"))
                        .overrideConfiguration(overrides),
                RequestBody.fromBytes(Json.bytes(Map.of("r", "r"))));
    }

    /// Lets the HTTP client try a port where nobody listens: its classes are there afterwards, and no connection is.
    public static void knock() {
        var nobody = SdkHttpRequest.builder()
                .method(SdkHttpMethod.HEAD)
                .uri(URI.create("http://127.0.0.1:1/"))
                .build();
        try {
            Clients.shared()
                    .prepareRequest(HttpExecuteRequest.builder().request(nobody).build())
                    .call();
        } catch (java.io.IOException e) {
            LOG.trace("as it should: {}", e.getMessage());
        }
    }
}
