package dev.baton.local.secretsmanager;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.function.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;

/// Rotations in virtual time, by a function that calls Secrets Manager under a role of its own.
class RotationWireTest {
    private static final Instant BEGIN = Instant.parse("2026-11-02T08:30:00Z");
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:turn";
    private static final String TOKEN = "6b0a0000-0000-4000-8000-00000000000";

    private final VirtualScheduler time = new VirtualScheduler(BEGIN);
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failing = Collections.synchronizedList(new ArrayList<>());
    private ApplicationEndpoint aws =
            new ApplicationEndpoint(EmbeddedAws.builder().ticking(time).start());
    private SecretsManagerClient secrets =
            SecretClients.client(aws.aws(), aws.aws().administrator());

    @AfterEach
    void stop() {
        secrets.close();
        aws.close();
    }

    /// Registers a function that draws a password in the four steps, and lets Secrets Manager call it for one secret.
    private void function(String allowedSecret) {
        var role = aws.role(
                "turning",
                "lambda.amazonaws.com",
                allow("secretsmanager:GetSecretValue", "*")
                        + ","
                        + allow("secretsmanager:PutSecretValue", "*")
                        + ","
                        + allow("secretsmanager:DescribeSecret", "*")
                        + ","
                        + allow("secretsmanager:UpdateSecretVersionStage", "*")
                        + ","
                        + allow("secretsmanager:GetRandomPassword", "*"));
        aws.aws()
                .lambda()
                .register(new LambdaFunction(
                        "turn", role, Map.of(), Duration.ofSeconds(5), 128, environment -> (in, out, context) -> {
                            var event = Json.parseObject(in.readAllBytes());
                            step(
                                    new AccessKey(
                                            environment.get("AWS_ACCESS_KEY_ID"),
                                            environment.get("AWS_SECRET_ACCESS_KEY"),
                                            environment.get("AWS_SESSION_TOKEN"),
                                            Caller.ANONYMOUS),
                                    String.valueOf(event.get("Step")),
                                    String.valueOf(event.get("SecretId")),
                                    String.valueOf(event.get("ClientRequestToken")));
                        }));
        aws.lambda()
                .addPermission(r -> r.functionName("turn")
                        .statementId("s")
                        .action("lambda:InvokeFunction")
                        .principal("secretsmanager.amazonaws.com")
                        .sourceArn("arn:aws:secretsmanager:us-east-1:" + ACCOUNT + ":secret:" + allowedSecret));
    }

    private void step(AccessKey key, String step, String secret, String token) {
        steps.add(step);
        if (failing.remove(step)) {
            throw new IllegalStateException("no such door");
        }
        try (var client = SecretClients.client(aws.aws(), key)) {
            switch (step) {
                case "createSecret" ->
                    client.putSecretValue(r -> r.secretId(secret)
                            .clientRequestToken(token)
                            .secretString("turned " + token.substring(35))
                            .versionStages("AWSPENDING"));
                case "testSecret" ->
                    assertThat(client.getSecretValue(r ->
                                            r.secretId(secret).versionId(token).versionStage("AWSPENDING"))
                                    .secretString())
                            .startsWith("turned");
                case "finishSecret" -> {
                    var current =
                            client.describeSecret(r -> r.secretId(secret)).versionIdsToStages().entrySet().stream()
                                    .filter(version -> version.getValue().contains("AWSCURRENT"))
                                    .findFirst()
                                    .orElseThrow()
                                    .getKey();
                    client.updateSecretVersionStage(r -> r.secretId(secret)
                            .versionStage("AWSCURRENT")
                            .moveToVersionId(token)
                            .removeFromVersionId(current));
                }
                default -> {}
            }
        }
    }

    private String value(String stage) {
        return secrets.getSecretValue(r -> r.secretId("door").versionStage(stage))
                .secretString();
    }

    /// Waits until no rotation goes on.
    private void settled() throws InterruptedException {
        while (aws.aws().secrets().rotating() > 0) {
            Thread.sleep(2);
        }
    }

    @Test
    void four_steps_make_a_new_current_version_and_leave_the_one_before_as_previous() throws InterruptedException {
        function("door-??????");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        var rotated = secrets.rotateSecret(r -> r.secretId("door")
                .rotationLambdaARN(FUNCTION)
                .rotationRules(rule -> rule.automaticallyAfterDays(30L))
                .clientRequestToken(TOKEN + "1"));
        assertThat(rotated.versionId()).isEqualTo(TOKEN + "1");
        settled();
        assertThat(steps).containsExactly("createSecret", "setSecret", "testSecret", "finishSecret");
        assertThat(value("AWSCURRENT")).isEqualTo("turned 1");
        assertThat(value("AWSPREVIOUS")).isEqualTo("first");
        var described = secrets.describeSecret(r -> r.secretId("door"));
        assertThat(described.versionIdsToStages()).containsEntry(TOKEN + "1", List.of("AWSCURRENT"));
        assertThat(described.rotationEnabled()).isTrue();
        assertThat(described.rotationLambdaARN()).isEqualTo(FUNCTION);
        assertThat(described.lastRotatedDate()).isEqualTo(BEGIN);
        assertThat(described.nextRotationDate()).isEqualTo(BEGIN.plus(Duration.ofDays(30)));
        // The same request again begins nothing.
        secrets.rotateSecret(r -> r.secretId("door").clientRequestToken(TOKEN + "1"));
        settled();
        assertThat(steps).hasSize(4);
    }

    @Test
    void it_rotates_by_days_and_by_expressions_until_it_is_cancelled() throws InterruptedException {
        function("door-??????");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        secrets.rotateSecret(r -> r.secretId("door")
                .rotationLambdaARN(FUNCTION)
                .rotateImmediately(false)
                .rotationRules(rule -> rule.automaticallyAfterDays(10L)));
        settled();
        assertThat(steps).containsExactly("testSecret");
        assertThat(secrets.describeSecret(r -> r.secretId("door")).versionIdsToStages())
                .hasSize(1);
        steps.clear();
        time.advance(Duration.ofDays(10));
        settled();
        assertThat(steps).hasSize(4);
        secrets.rotateSecret(r -> r.secretId("door")
                .rotationRules(
                        rule -> rule.scheduleExpression("cron(0 4 1 * ? *)").duration("2h")));
        settled();
        assertThat(secrets.describeSecret(r -> r.secretId("door")).nextRotationDate())
                .isEqualTo("2026-12-01T04:00:00Z");
        time.advance(Duration.ofDays(25));
        settled();
        assertThat(steps).hasSize(12);
        secrets.cancelRotateSecret(r -> r.secretId("door"));
        time.advance(Duration.ofDays(100));
        settled();
        assertThat(steps).hasSize(12);
        assertThat(secrets.describeSecret(r -> r.secretId("door")).rotationEnabled())
                .isFalse();
        assertThatThrownBy(() -> secrets.rotateSecret(
                        r -> r.secretId("door").rotationRules(rule -> rule.scheduleExpression("rate(2 hours)"))))
                .hasMessageContaining("between 4 hours and 999 days");
    }

    @Test
    void a_step_that_fails_is_tried_again_and_a_rotation_that_did_not_end_is_taken_up() throws InterruptedException {
        function("door-??????");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        failing.add("setSecret");
        secrets.rotateSecret(r -> r.secretId("door").rotationLambdaARN(FUNCTION).clientRequestToken(TOKEN + "1"));
        settled();
        assertThat(value("AWSCURRENT")).isEqualTo("first");
        assertThat(aws.aws().secrets().failures()).hasSize(1).first().asString().contains("setSecret", "no such door");
        assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("door").clientRequestToken(TOKEN + "2")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("A previous rotation isn't complete. That rotation will be reattempted.");
        time.advance(Duration.ofMinutes(1));
        settled();
        assertThat(secrets.describeSecret(r -> r.secretId("door")).versionIdsToStages())
                .containsEntry(TOKEN + "1", List.of("AWSCURRENT"));
        for (int i = 0; i < 3; i++) {
            failing.add("finishSecret");
        }
        secrets.rotateSecret(r -> r.secretId("door").clientRequestToken(TOKEN + "3"));
        settled();
        time.advance(Duration.ofMinutes(3));
        settled();
        time.advance(Duration.ofMinutes(3));
        settled();
        assertThat(failing).isEmpty();
        assertThat(secrets.describeSecret(r -> r.secretId("door")).versionIdsToStages())
                .containsEntry(TOKEN + "3", List.of("AWSPENDING"));
        assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("door").clientRequestToken(TOKEN + "4")))
                .isInstanceOf(InvalidRequestException.class);
        settled();
        assertThat(secrets.describeSecret(r -> r.secretId("door")).versionIdsToStages())
                .containsEntry(TOKEN + "3", List.of("AWSCURRENT"));
    }

    @Test
    void a_function_must_let_secrets_manager_call_it_and_the_caller_must_be_allowed_to() {
        function("other-??????");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("door")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No Lambda rotation function ARN is associated with this secret.");
        assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("door").rotationLambdaARN(FUNCTION)))
                .hasMessageContaining("Secrets Manager cannot invoke the specified Lambda function. Ensure that the"
                        + " function policy grants access to the principal secretsmanager.amazonaws.com.");
        var role = aws.role("asking", "lambda.amazonaws.com", allow("secretsmanager:RotateSecret", "*"));
        var session = aws.aws()
                .foundation()
                .sessions()
                .assumeAsService("lambda.amazonaws.com", role, "test", RequestContext.EMPTY);
        try (var asking = SecretClients.client(aws.aws(), session)) {
            assertThatThrownBy(() -> asking.rotateSecret(r -> r.secretId("door").rotationLambdaARN(FUNCTION)))
                    .hasMessageContaining(
                            "is not authorized to perform: lambda:InvokeFunction on resource: " + FUNCTION);
        }
        assertThat(steps).isEmpty();
    }

    @Test
    void what_was_under_way_or_became_due_while_nobody_ran_it_is_done_after_a_restart(@TempDir Path folder)
            throws InterruptedException {
        restart(folder);
        function("*");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        failing.add("createSecret");
        secrets.rotateSecret(r -> r.secretId("door")
                .rotationLambdaARN(FUNCTION)
                .rotationRules(rule -> rule.scheduleExpression("rate(4 hours)"))
                .clientRequestToken(TOKEN + "1"));
        settled();
        restart(folder);
        function("*");
        aws.aws().resume();
        settled();
        assertThat(secrets.describeSecret(r -> r.secretId("door")).versionIdsToStages())
                .containsEntry(TOKEN + "1", List.of("AWSCURRENT"));
        steps.clear();
        restart(folder);
        function("*");
        time.advance(Duration.ofHours(5));
        aws.aws().resume();
        time.settle();
        settled();
        assertThat(steps).hasSize(4);
        assertThat(secrets.describeSecret(r -> r.secretId("door")).lastRotatedDate())
                .isEqualTo(BEGIN.plus(Duration.ofHours(5)));
    }

    private void restart(Path folder) {
        stop();
        aws = new ApplicationEndpoint(
                EmbeddedAws.builder().folder(folder).ticking(time).held().start());
        secrets = SecretClients.client(aws.aws(), aws.aws().administrator());
    }

    @Test
    void a_deleted_secret_is_gone_when_its_day_comes_and_is_not_rotated_meanwhile() throws InterruptedException {
        function("door-??????");
        secrets.createSecret(r -> r.name("door").secretString("first"));
        secrets.rotateSecret(r -> r.secretId("door")
                .rotationLambdaARN(FUNCTION)
                .rotateImmediately(false)
                .rotationRules(rule -> rule.automaticallyAfterDays(3L)));
        settled();
        steps.clear();
        secrets.deleteSecret(r -> r.secretId("door").recoveryWindowInDays(8L));
        time.advance(Duration.ofDays(7));
        settled();
        assertThat(steps).isEmpty();
        secrets.describeSecret(r -> r.secretId("door"));
        time.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> secrets.describeSecret(r -> r.secretId("door")))
                .hasMessageContaining("can't find the specified secret");
    }
}
