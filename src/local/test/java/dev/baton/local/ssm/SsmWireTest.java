package dev.baton.local.ssm;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.iam.policy.RequestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.AutomationDefinitionNotFoundException;
import software.amazon.awssdk.services.ssm.model.AutomationExecution;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionStatus;
import software.amazon.awssdk.services.ssm.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.UnsupportedParameterTypeException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SsmWireTest {
    private static final String TOKEN = "6b0a0000-0000-4000-8000-000000000000";

    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SsmClient ssm = administrator(aws.aws());

    @AfterAll
    void stop() {
        ssm.close();
        aws.close();
    }

    @Test
    void a_parameter_is_read_as_it_was_last_put_and_in_any_of_its_versions() {
        assertThat(put("/rides/port", "Ghent", false)).isEqualTo(1);
        assertThat(put("/rides/port", "Bruges", true)).isEqualTo(2);
        var latest = ssm.getParameter(r -> r.name("/rides/port")).parameter();
        assertThat(latest.value()).isEqualTo("Bruges");
        assertThat(latest.version()).isEqualTo(2);
        assertThat(latest.type()).isEqualTo(ParameterType.STRING);
        assertThat(latest.arn()).isEqualTo("arn:aws:ssm:us-east-1:" + ACCOUNT + ":parameter/rides/port");
        assertThat(latest.lastModifiedDate()).isNotNull();
        assertThat(ssm.getParameter(r -> r.name("/rides/port:1")).parameter().value())
                .isEqualTo("Ghent");
        assertThat(ssm.getParameter(r -> r.name(latest.arn())).parameter().value())
                .isEqualTo("Bruges");
        var several = ssm.getParameters(r -> r.names("/rides/port", "/rides/none"));
        assertThat(several.parameters()).hasSize(1);
        assertThat(several.invalidParameters()).containsExactly("/rides/none");
    }

    @Test
    void what_cannot_be_put_or_read_is_answered_as_the_api_has_it() {
        put("once", "1", false);
        assertThatThrownBy(() -> put("once", "2", false)).isInstanceOf(ParameterAlreadyExistsException.class);
        assertThatThrownBy(() -> ssm.getParameter(r -> r.name("never"))).isInstanceOf(ParameterNotFoundException.class);
        assertThatThrownBy(() -> ssm.getParameter(r -> r.name("once:7")))
                .isInstanceOf(ParameterVersionNotFoundException.class);
        assertThatThrownBy(() -> ssm.deleteParameter(r -> r.name("never")))
                .isInstanceOf(ParameterNotFoundException.class);
        assertThatThrownBy(() -> put("big", "x".repeat(4_097), false)).hasMessageContaining("4096 characters");
        assertThatThrownBy(() -> put("/aws/mine", "x", false)).hasMessageContaining("reserved parameter name");
        assertThatThrownBy(() -> put("a b", "x", false)).hasMessageContaining("fully qualified name");
        assertThatThrownBy(() -> ssm.putParameter(r -> r.name("machine")
                        .value("ami-1")
                        .type(ParameterType.STRING)
                        .dataType("aws:ec2:image")))
                .hasMessageContaining("no DataType aws:ec2:image");
        assertThatThrownBy(() -> ssm.putParameter(r ->
                        r.name("large").value("x").type(ParameterType.STRING).tier("Advanced")))
                .hasMessageContaining("no Tier Advanced");
        assertThatThrownBy(() -> ssm.putParameter(r -> r.name("patterned")
                        .value("x")
                        .type(ParameterType.STRING)
                        .allowedPattern("x+")))
                .hasMessageContaining("no AllowedPattern");
        assertThatThrownBy(() -> ssm.putParameter(r -> r.name("typeless").value("x")))
                .hasMessageContaining("type is required");
        assertThatThrownBy(
                        () -> ssm.putParameter(r -> r.name("hidden").value("x").type(ParameterType.SECURE_STRING)))
                .isInstanceOf(UnsupportedParameterTypeException.class);
    }

    @Test
    void a_parameter_is_there_after_a_restart(@TempDir Path folder) {
        try (var first = EmbeddedAws.builder().folder(folder).start();
                var client = administrator(first)) {
            client.putParameter(r -> r.name("/kept/port").value("Ghent").type(ParameterType.STRING));
        }
        try (var second = EmbeddedAws.builder().folder(folder).start();
                var client = administrator(second)) {
            var kept = client.getParameter(r -> r.name("/kept/port")).parameter();
            assertThat(kept.value()).isEqualTo("Ghent");
            assertThat(kept.version()).isEqualTo(1);
        }
    }

    @Test
    void a_policy_names_parameters_without_their_first_slash_and_may_forbid_to_overwrite() {
        put("/mine/port", "Ghent", false);
        var arn = "arn:aws:ssm:us-east-1:" + ACCOUNT + ":parameter/mine/*";
        var statements = allow("ssm:GetParameter", arn)
                + ",{\"Effect\":\"Allow\",\"Action\":\"ssm:PutParameter\",\"Resource\":\"" + arn
                + "\",\"Condition\":{\"StringEquals\":{\"ssm:Overwrite\":\"false\"}}}";
        try (var own = as(aws.role("reader", "lambda.amazonaws.com", statements), "lambda.amazonaws.com")) {
            assertThat(own.getParameter(r -> r.name("/mine/port")).parameter().value())
                    .isEqualTo("Ghent");
            assertThatThrownBy(() -> own.getParameter(r -> r.name("/theirs/port")))
                    .isInstanceOf(SsmException.class)
                    .hasMessageContaining("is not authorized to perform: ssm:GetParameter on resource:"
                            + " arn:aws:ssm:us-east-1:" + ACCOUNT + ":parameter/theirs/port");
            own.putParameter(r -> r.name("/mine/new").value("1").type(ParameterType.STRING));
            assertThatThrownBy(() -> own.putParameter(r -> r.name("/mine/new")
                            .value("2")
                            .type(ParameterType.STRING)
                            .overwrite(true)))
                    .hasMessageContaining("is not authorized to perform: ssm:PutParameter");
        }
    }

    @Test
    void an_automation_runs_what_was_registered_for_its_runbook() throws InterruptedException {
        aws.aws()
                .ssm()
                .runbook(
                        "Greet",
                        parameters -> Map.of(
                                "said", List.of("hello " + parameters.get("to").getFirst())));
        var ended = ended(start("Greet", Map.of("to", List.of("world")), null));
        assertThat(ended.automationExecutionStatus()).isEqualTo(AutomationExecutionStatus.SUCCESS);
        assertThat(ended.outputs()).containsEntry("said", List.of("hello world"));
        assertThat(ended.documentName()).isEqualTo("Greet");
        assertThat(ended.executionEndTime()).isAfterOrEqualTo(ended.executionStartTime());
    }

    @Test
    void an_automation_that_throws_has_failed_and_says_why() throws InterruptedException {
        aws.aws().ssm().runbook("Break", parameters -> {
            throw new IllegalStateException("no such rope");
        });
        var ended = ended(start("Break", Map.of(), null));
        assertThat(ended.automationExecutionStatus()).isEqualTo(AutomationExecutionStatus.FAILED);
        assertThat(ended.failureMessage()).isEqualTo("no such rope");
    }

    @Test
    void an_automation_that_is_stopped_is_interrupted() throws InterruptedException {
        var began = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        aws.aws().ssm().runbook("Linger", parameters -> {
            began.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Map.of();
        });
        var id = start("Linger", Map.of(), null);
        began.await();
        assertThat(look(id).automationExecutionStatus()).isEqualTo(AutomationExecutionStatus.IN_PROGRESS);
        ssm.stopAutomationExecution(r -> r.automationExecutionId(id).type("Cancel"));
        interrupted.await();
        assertThat(look(id).automationExecutionStatus()).isEqualTo(AutomationExecutionStatus.CANCELLED);
    }

    @Test
    void a_token_is_for_one_automation() {
        aws.aws().ssm().runbook("Once", parameters -> Map.of());
        var first = start("Once", Map.of("n", List.of("1")), TOKEN);
        assertThat(start("Once", Map.of("n", List.of("1")), TOKEN)).isEqualTo(first);
        assertThatThrownBy(() -> start("Once", Map.of("n", List.of("2")), TOKEN))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        assertThatThrownBy(() -> start("Once", Map.of(), "no-uuid"))
                .hasMessageContaining(
                        "Value 'no-uuid' at 'clientToken' failed to satisfy constraint: Member must satisfy");
        assertThatThrownBy(() -> start("Never", Map.of(), null))
                .isInstanceOf(AutomationDefinitionNotFoundException.class);
    }

    @Test
    void a_role_must_be_passed_to_an_automation_and_trust_it() throws InterruptedException {
        aws.aws().ssm().runbook("Act", parameters -> Map.of());
        var acting = aws.role("acting", "ssm.amazonaws.com", "");
        var deaf = aws.role("deaf", "lambda.amazonaws.com", "");
        var starting = allow(
                "ssm:StartAutomationExecution", "arn:aws:ssm:us-east-1:" + ACCOUNT + ":automation-definition/Act:*");
        try (var own = as(aws.role("starter", "lambda.amazonaws.com", starting), "lambda.amazonaws.com")) {
            assertThatThrownBy(() -> own.startAutomationExecution(
                            r -> r.documentName("Act").parameters(Map.of("AutomationAssumeRole", List.of(acting)))))
                    .hasMessageContaining("is not authorized to perform: iam:PassRole on resource: " + acting);
        }
        assertThat(ended(start("Act", Map.of("AutomationAssumeRole", List.of(acting)), null))
                        .automationExecutionStatus())
                .isEqualTo(AutomationExecutionStatus.SUCCESS);
        assertThat(ended(start("Act", Map.of("AutomationAssumeRole", List.of(deaf)), null))
                        .failureMessage())
                .contains("cannot be assumed");
    }

    @Test
    void states_call_it_as_sdk_integrations_with_moments_as_texts() {
        put("/state/port", "Ghent", false);
        var definition = """
                {"StartAt":"Get","States":{
                  "Get":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:ssm:getParameter",
                    "Parameters":{"Name":"/state/port"},"ResultPath":"$.got","Next":"Miss"},
                  "Miss":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:ssm:getParameter",
                    "Parameters":{"Name":"/state/none"},"End":true,
                    "Catch":[{"ErrorEquals":["Ssm.ParameterNotFoundException"],"ResultPath":"$.error","Next":"Done"}]},
                  "Done":{"Type":"Succeed"}}}""";
        var role = aws.role(
                "states-ssm",
                "states.amazonaws.com",
                allow("ssm:GetParameter", "arn:aws:ssm:us-east-1:" + ACCOUNT + ":parameter/state/*"));
        var machine = aws.states()
                .createStateMachine(r -> r.name("ssm").roleArn(role).definition(definition))
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
        var output =
                aws.states().describeExecution(r -> r.executionArn(execution)).output();
        var got = (Map<?, ?>) ((Map<?, ?>) Json.parseObject(output).get("got")).get("Parameter");
        assertThat(got.get("Value")).isEqualTo("Ghent");
        assertThat(got.get("Version")).isEqualTo(1L);
        assertThat(String.valueOf(got.get("LastModifiedDate"))).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(output).contains("Ssm.ParameterNotFoundException");
    }

    private long put(String name, String value, boolean overwrite) {
        return ssm.putParameter(r ->
                        r.name(name).value(value).type(ParameterType.STRING).overwrite(overwrite))
                .version();
    }

    private String start(String document, Map<String, List<String>> parameters, String token) {
        return ssm.startAutomationExecution(r -> r.documentName(document)
                        .parameters(parameters.isEmpty() ? null : parameters)
                        .clientToken(token))
                .automationExecutionId();
    }

    private AutomationExecution look(String id) {
        return ssm.getAutomationExecution(r -> r.automationExecutionId(id)).automationExecution();
    }

    private AutomationExecution ended(String id) throws InterruptedException {
        var found = look(id);
        while (found.automationExecutionStatus() == AutomationExecutionStatus.IN_PROGRESS) {
            Thread.sleep(5);
            found = look(id);
        }
        return found;
    }

    private SsmClient as(String role, String service) {
        var session = aws.aws().foundation().sessions().assumeAsService(service, role, "test", RequestContext.EMPTY);
        return client(
                aws.aws(),
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
    }

    private static SsmClient administrator(EmbeddedAws aws) {
        return client(
                aws,
                AwsBasicCredentials.create(
                        aws.administrator().accessKeyId(), aws.administrator().secretAccessKey()));
    }

    private static SsmClient client(EmbeddedAws aws, AwsCredentials credentials) {
        return SsmClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(Apache5HttpClient.create())
                .build();
    }
}
