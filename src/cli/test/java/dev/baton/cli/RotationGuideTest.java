package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Strongbox;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.lambda.function.LambdaFunction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// What the guide says of secrets that are rotated when a task completes, done as it says.
class RotationGuideTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:turn";
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:rotate-strongbox";

    private final Semaphore turned = new Semaphore(0);

    /// The JSON of the guide, in its order: the machine, the policy of its role, the pattern of the rule.
    private static List<String> guide() throws IOException {
        var page = Files.readString(Path.of("../site/markdown/secrets.md"));
        var chapter = page.substring(page.indexOf("## A secret that is rotated when a task completes"));
        return Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(chapter)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void each_completion_of_the_task_rotates_its_secret_once() throws IOException, InterruptedException {
        var aws = EmbeddedAws.start();
        try (var pipeline = new DeployedPipeline(Strongbox.PIPELINE, new LocalCloud(aws, LaptopFunctions.JVM));
                var secrets = client(
                        aws.endpoint(),
                        AwsBasicCredentials.create(
                                aws.administrator().accessKeyId(),
                                aws.administrator().secretAccessKey()))) {
            aws.secrets().put(Strongbox.KEY, "first");
            set(pipeline, secrets);

            complete(pipeline, "2012");
            assertThat(pipeline.read("strongbox/2012.txt")).isEqualTo(Strongbox.fingerprint("first"));
            awaitTurn(aws);
            var second = current(secrets);
            assertThat(second).startsWith("turned ");

            complete(pipeline, "2013");
            assertThat(pipeline.read("strongbox/2013.txt")).isEqualTo(Strongbox.fingerprint(second));
            awaitTurn(aws);
            assertThat(current(secrets)).startsWith("turned ").isNotEqualTo(second);

            // The same event again, and a run that completes nothing.
            var states = pipeline.endpoint().states();
            var event = states.describeExecution(
                            r -> r.executionArn(executions(pipeline).getFirst().executionArn()))
                    .input();
            var again = states.startExecution(r -> r.stateMachineArn(MACHINE).input(event));
            assertThat(pipeline.ended(again.executionArn()).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            pipeline.ended(
                    pipeline.upload("landing/boxes/2014.txt", "jam").getFirst().get("execution"));
            assertThat(executions(pipeline)).hasSize(3);
            assertThat(turned.availablePermits()).isZero();
            assertThat(secrets.listSecretVersionIds(
                                    r -> r.secretId(Strongbox.KEY).includeDeprecated(true))
                            .versions())
                    .hasSize(3);
            assertThat(aws.secrets().failures()).isEmpty();
        }
    }

    private static List<ExecutionListItem> executions(DeployedPipeline pipeline) {
        return pipeline.endpoint()
                .states()
                .listExecutions(r -> r.stateMachineArn(MACHINE))
                .executions();
    }

    private static void complete(DeployedPipeline pipeline, String year) throws InterruptedException {
        var run = pipeline.ended(pipeline.upload("landing/boxes/" + year + ".txt", "No. 7")
                .getFirst()
                .get("execution"));
        assertThat(run.status()).as(run.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private void awaitTurn(EmbeddedAws aws) throws InterruptedException {
        assertThat(turned.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        while (aws.secrets().rotating() > 0) {
            Thread.sleep(2);
        }
    }

    private static String current(SecretsManagerClient secrets) {
        return secrets.getSecretValue(r -> r.secretId(Strongbox.KEY)).secretString();
    }

    private void set(DeployedPipeline pipeline, SecretsManagerClient secrets) throws IOException {
        var guide = guide();
        var turning = role(pipeline, "turning", "lambda.amazonaws.com", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["secretsmanager:PutSecretValue",
                "secretsmanager:DescribeSecret","secretsmanager:UpdateSecretVersionStage"],"Resource":"*"}}""");
        pipeline.aws()
                .lambda()
                .register(new LambdaFunction(
                        "turn",
                        turning,
                        Map.of(),
                        Duration.ofSeconds(10),
                        128,
                        variables -> turn(pipeline, variables)));
        pipeline.endpoint()
                .lambda()
                .addPermission(r -> r.functionName("turn")
                        .statementId("rotation")
                        .action("lambda:InvokeFunction")
                        .principal("secretsmanager.amazonaws.com"));
        secrets.rotateSecret(
                r -> r.secretId(Strongbox.KEY).rotateImmediately(false).rotationLambdaARN(FUNCTION));
        var rotating = role(pipeline, "rotate-strongbox", "states.amazonaws.com", guide.get(1));
        pipeline.endpoint()
                .states()
                .createStateMachine(
                        r -> r.name("rotate-strongbox").roleArn(rotating).definition(guide.getFirst()));
        var starting = role(pipeline, "start-rotation", "events.amazonaws.com", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"states:StartExecution","Resource":"%s"}}""".formatted(MACHINE));
        pipeline.endpoint().events().putRule(r -> r.name("strongbox-opened").eventPattern(guide.get(2)));
        pipeline.endpoint()
                .events()
                .putTargets(r -> r.rule("strongbox-opened")
                        .targets(t -> t.id("rotate").arn(MACHINE).roleArn(starting)));
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
            var secret = String.valueOf(event.get("SecretId"));
            var token = String.valueOf(event.get("ClientRequestToken"));
            var session = AwsSessionCredentials.create(
                    variables.get("AWS_ACCESS_KEY_ID"),
                    variables.get("AWS_SECRET_ACCESS_KEY"),
                    variables.get("AWS_SESSION_TOKEN"));
            try (var own = client(pipeline.aws().endpoint(), session)) {
                switch (String.valueOf(event.get("Step"))) {
                    case "createSecret" ->
                        own.putSecretValue(r -> r.secretId(secret)
                                .clientRequestToken(token)
                                .secretString("turned " + token)
                                .versionStages("AWSPENDING"));
                    case "finishSecret" -> {
                        var before =
                                own.describeSecret(r -> r.secretId(secret)).versionIdsToStages().entrySet().stream()
                                        .filter(version -> version.getValue().contains("AWSCURRENT"))
                                        .findFirst()
                                        .orElseThrow()
                                        .getKey();
                        own.updateSecretVersionStage(r -> r.secretId(secret)
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
