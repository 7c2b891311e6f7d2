package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.cli.deploy.put.PipelineRemoval;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Lockbox;
import dev.baton.cli.pipelines.Strongbox;
import dev.baton.compiler.Compiler;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.StateKeys;
import dev.baton.task.Access;
import dev.baton.task.Pipeline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Secrets that are rotated when a task completes, as their pipelines declare it and as they are deployed.
class RotatedSecretsTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:" + Lockbox.FUNCTION;
    private static final String FIRST = "canary-of-the-lockbox-51c0";

    private final Semaphore turned = new Semaphore(0);
    private EmbeddedAws aws;
    private DeployedPipeline pipeline;
    private SecretsManagerClient secrets;
    private String machine;
    private String secret;

    private void deploy(Pipeline declared, Access.Secret key) {
        aws = EmbeddedAws.start();
        var compiled = Compiler.compile(declared);
        secret = key.name();
        aws.secrets().put(secret, FIRST);
        pipeline = new DeployedPipeline(compiled, new LocalCloud(aws, LaptopFunctions.JVM));
        machine = "arn:aws:states:us-east-1:000000000000:stateMachine:"
                + compiled.rotations().getFirst().name();
        secrets = client(
                aws.endpoint(),
                AwsBasicCredentials.create(
                        aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
        var turning = role(pipeline, "turning", "lambda.amazonaws.com", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["secretsmanager:PutSecretValue",
                "secretsmanager:DescribeSecret","secretsmanager:UpdateSecretVersionStage"],"Resource":"*"}}""");
        aws.lambda()
                .register(new LambdaFunction(
                        Lockbox.FUNCTION,
                        turning,
                        Map.of(),
                        Duration.ofSeconds(10),
                        128,
                        variables -> turn(pipeline, variables)));
        pipeline.endpoint()
                .lambda()
                .addPermission(r -> r.functionName(Lockbox.FUNCTION)
                        .statementId("rotation")
                        .action("lambda:InvokeFunction")
                        .principal("secretsmanager.amazonaws.com"));
        secrets.rotateSecret(r -> r.secretId(secret).rotateImmediately(false).rotationLambdaARN(FUNCTION));
    }

    @AfterEach
    void stop() {
        secrets.close();
        pipeline.close();
    }

    @Test
    void each_completion_rotates_once_whatever_comes_twice_fails_or_is_skipped() throws InterruptedException {
        deploy(Lockbox.COFFERS, Lockbox.COFFER_KEY);
        var first = complete("2012");
        assertThat(pipeline.read("coffers/2012.txt")).isEqualTo(Strongbox.fingerprint(FIRST));
        rotated(1);
        var second = secrets.getSecretValue(r -> r.secretId(secret)).secretString();
        complete("2013");
        assertThat(pipeline.read("coffers/2013.txt")).isEqualTo(Strongbox.fingerprint(second));
        rotated(2);

        // The same completion again, which the rule takes as it comes.
        var event = Json.parseObject(pipeline.endpoint()
                .states()
                .describeExecution(r -> r.executionArn(rotations().getLast().executionArn()))
                .input());
        var again = pipeline.endpoint()
                .states()
                .startExecution(r -> r.stateMachineArn(machine).input(Json.print(event)));
        assertThat(pipeline.ended(again.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        // What is fresh is skipped and makes nothing; what fails completes nothing.
        var parameters = Map.of("parameters", Map.of("year", "2012"));
        assertThat(pipeline.ended(pipeline.start(parameters)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var jammed = pipeline.ended(upload("2014").get("execution"));
        assertThat(jammed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(rotations()).hasSize(3);
        assertThat(versions()).isEqualTo(3);

        // A redrive completes; and forced, a task completes again.
        oil("2014");
        pipeline.endpoint().states().redriveExecution(r -> r.executionArn(jammed.executionArn()));
        assertThat(pipeline.ended(jammed.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        rotated(4);
        assertThat(pipeline.ended(pipeline.start(Map.of("parameters", Map.of("year", "2012"), "force", List.of("all"))))
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        rotated(5);
        assertThat(versions()).isEqualTo(5);
        assertThat(turned.availablePermits()).isZero();
        assertThat(aws.secrets().failures()).isEmpty();

        var evidence = evidence();
        assertThat(evidence).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.kind()).isEqualTo(EvidenceEntry.Kind.ROTATION);
            assertThat(entry.requester().id()).isEqualTo("completion:coffers");
            assertThat(entry.details()).containsEntry("secret", secret);
        });
        assertThat(evidence.getFirst().details().get("run").toString()).startsWith(first.name());
        var told = rotations().stream()
                .flatMap(execution -> told(execution.executionArn()))
                .toList();
        assertThat(told)
                .anyMatch(text -> text.contains("AWSCURRENT"))
                .noneMatch(text -> text.contains(FIRST) || text.contains("turned "));
    }

    @Test
    void a_run_under_way_keeps_its_version_where_there_is_no_end_of_the_grace() throws InterruptedException {
        deploy(Lockbox.COFFERS, Lockbox.COFFER_KEY);
        var slow = pipeline.ended(upload("2011").get("execution"));
        assertThat(slow.status()).isEqualTo(ExecutionStatus.FAILED);
        complete("2012");
        rotated(1);

        oil("2011");
        pipeline.endpoint().states().redriveExecution(r -> r.executionArn(slow.executionArn()));
        assertThat(pipeline.ended(slow.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(pipeline.read("coffers/2011.txt")).isEqualTo(Strongbox.fingerprint(FIRST));
        rotated(2);
    }

    @Test
    void after_the_grace_the_version_before_is_refused_and_a_run_that_began_with_it_says_so()
            throws InterruptedException {
        deploy(Lockbox.PIPELINE, Lockbox.KEY);
        var slow = pipeline.ended(upload("2011").get("execution"));
        assertThat(slow.status()).isEqualTo(ExecutionStatus.FAILED);
        complete("2012");
        turn();
        pipeline.ended(rotations().getFirst().executionArn());
        assertThat(secrets.describeSecret(r -> r.secretId(secret))
                        .versionIdsToStages()
                        .values())
                .noneMatch(stages -> stages.contains("AWSPREVIOUS"));

        oil("2011");
        pipeline.endpoint().states().redriveExecution(r -> r.executionArn(slow.executionArn()));
        var refused = pipeline.ended(slow.executionArn());
        assertThat(refused.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(refused.cause()).contains("RUN097 the secret lockbox/key was rotated after this run began");

        // Another run reads what is current.
        complete("2013");
        assertThat(pipeline.read("lockboxes/2013.txt"))
                .isNotEqualTo(Strongbox.fingerprint(FIRST))
                .hasSize(64);
    }

    @Test
    void what_rotates_goes_with_its_pipeline() {
        deploy(Lockbox.PIPELINE, Lockbox.KEY);
        var removed = new PipelineRemoval(pipeline.endpoint(), LocalCloud.STATE_BUCKET).allBut(List.of());
        assertThat(removed).containsExactly("lockbox");
        assertThat(pipeline.endpoint().states().listStateMachines().stateMachines())
                .isEmpty();
        assertThat(pipeline.endpoint().events().listRules(r -> {}).rules()).isEmpty();
    }

    /// What a history tells people; its events print themselves without that.
    private Stream<String> told(String execution) {
        return pipeline
                .endpoint()
                .states()
                .getExecutionHistoryPaginator(r -> r.executionArn(execution))
                .events()
                .stream()
                .flatMap(event -> Stream.of(
                        Optional.ofNullable(event.executionStartedEventDetails())
                                .map(details -> details.input()),
                        Optional.ofNullable(event.stateEnteredEventDetails()).map(details -> details.input()),
                        Optional.ofNullable(event.stateExitedEventDetails()).map(details -> details.output()),
                        Optional.ofNullable(event.taskScheduledEventDetails()).map(details -> details.parameters()),
                        Optional.ofNullable(event.taskSucceededEventDetails()).map(details -> details.output())))
                .flatMap(Optional::stream);
    }

    private List<EvidenceEntry> evidence() {
        var s3 = pipeline.endpoint().s3();
        return s3.listObjectsV2(r -> r.bucket(LocalCloud.STATE_BUCKET).prefix(StateKeys.EVIDENCE)).contents().stream()
                .map(object -> EvidenceEntry.parse(s3.getObjectAsBytes(
                                r -> r.bucket(LocalCloud.STATE_BUCKET).key(object.key()))
                        .asByteArray()))
                .toList();
    }

    private List<ExecutionListItem> rotations() {
        return pipeline.endpoint()
                .states()
                .listExecutions(r -> r.stateMachineArn(machine))
                .executions();
    }

    private int versions() {
        return secrets.listSecretVersionIds(r -> r.secretId(secret).includeDeprecated(true))
                .versions()
                .size();
    }

    private Map<String, ?> upload(String year) throws InterruptedException {
        return pipeline.upload("landing/lockboxes/" + year + ".txt", "No. 7").getFirst();
    }

    private void oil(String year) {
        pipeline.put("oil/" + year + ".txt", "oil");
    }

    private DescribeExecutionResponse complete(String year) throws InterruptedException {
        oil(year);
        var run = pipeline.ended(upload(year).get("execution"));
        assertThat(run.status()).as(run.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return run;
    }

    private void turn() throws InterruptedException {
        assertThat(turned.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }

    /// Waits for one more rotation, and for all that the machine does for it.
    private void rotated(int executions) throws InterruptedException {
        turn();
        assertThat(rotations()).hasSize(executions);
        var ended = pipeline.ended(rotations().getFirst().executionArn());
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private static String role(DeployedPipeline pipeline, String name, String service, String policy) {
        var iam = pipeline.endpoint().iam();
        var arn = iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",
                        "Principal":{"Service":"%s"}}}""".formatted(service)))
                .role()
                .arn();
        iam.putRolePolicy(r -> r.roleName(name).policyName("own").policyDocument(policy));
        return arn;
    }

    /// A rotation that changes nothing but the secret.
    private RequestStreamHandler turn(DeployedPipeline pipeline, Map<String, String> variables) {
        return (in, out, context) -> {
            var event = Json.parseObject(in.readAllBytes());
            var id = String.valueOf(event.get("SecretId"));
            var token = String.valueOf(event.get("ClientRequestToken"));
            var session = AwsSessionCredentials.create(
                    variables.get("AWS_ACCESS_KEY_ID"),
                    variables.get("AWS_SECRET_ACCESS_KEY"),
                    variables.get("AWS_SESSION_TOKEN"));
            try (var own = client(pipeline.aws().endpoint(), session)) {
                switch (String.valueOf(event.get("Step"))) {
                    case "createSecret" ->
                        own.putSecretValue(r -> r.secretId(id)
                                .clientRequestToken(token)
                                .secretString("turned " + token)
                                .versionStages("AWSPENDING"));
                    case "finishSecret" -> {
                        var before = own.describeSecret(r -> r.secretId(id)).versionIdsToStages().entrySet().stream()
                                .filter(version -> version.getValue().contains("AWSCURRENT"))
                                .findFirst()
                                .orElseThrow()
                                .getKey();
                        own.updateSecretVersionStage(r -> r.secretId(id)
                                .versionStage("AWSCURRENT")
                                .moveToVersionId(token)
                                .removeFromVersionId(before));
                        turned.release();
                    }
                    default -> {}
                }
            }
        };
    }

    private static SecretsManagerClient client(URI endpoint, AwsCredentials credentials) {
        return SecretsManagerClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(Apache5HttpClient.create())
                .build();
    }
}
