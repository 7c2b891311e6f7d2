package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidEncryptionConfigurationException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;

/// State machines, their versions, aliases, tags and validation, as the AWS SDK sees them.
class StateMachineWireTest extends StatesEndpoint {
    @Test
    void a_role_that_step_functions_may_not_assume_is_refused() {
        var role = aws.role("for-lambda", "lambda.amazonaws.com", "");
        var e = catchThrowableOfType(
                SfnException.class,
                () -> states().createStateMachine(
                                r -> r.name("never").roleArn(role).definition(PASS)));
        assertThat(e.awsErrorDetails().errorMessage())
                .startsWith("Neither the global service principal states.amazonaws.com");
    }

    @Test
    void a_role_may_trust_step_functions_in_this_region_alone() {
        var here = aws.role("regional", "states.us-east-1.amazonaws.com", "");
        var machine = states().createStateMachine(
                        r -> r.name("regional").roleArn(here).definition(PASS))
                .stateMachineArn();
        assertThat(end(start(machine, "{}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
        var elsewhere = aws.role("elsewhere", "states.eu-west-1.amazonaws.com", "");
        assertThat(catchThrowableOfType(
                                SfnException.class,
                                () -> states().createStateMachine(r ->
                                        r.name("never").roleArn(elsewhere).definition(PASS)))
                        .awsErrorDetails()
                        .errorMessage())
                .startsWith("Neither the global service principal states.amazonaws.com");
    }

    @Test
    void a_machine_and_its_function_may_be_called_by_one_letter() {
        var function = aws.function(
                "f", environment -> (in, out, context) -> out.write("{}".getBytes(StandardCharsets.UTF_8)));
        var role = aws.role("of-one-letter", "states.amazonaws.com", allow("lambda:InvokeFunction", function));
        var machine = states().createStateMachine(r -> r.name("q").roleArn(role).definition(invoke(function)))
                .stateMachineArn();
        assertThat(end(start(machine, "{}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_machine_that_waits_for_another_needs_the_rights_for_it() {
        var child = machine(PASS);
        var refused = catchThrowableOfType(
                SfnException.class, () -> machine(waitingFor(child), allow("states:StartExecution", child)));
        assertThat(refused.awsErrorDetails().errorMessage()).endsWith("is not authorized to create managed-rule.");
        var blind = start(machine(waitingFor(child), allow("states:StartExecution", child), hearOfChildren()), "{}");
        assertThat(end(blind)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(states().describeExecution(r -> r.executionArn(blind)).cause())
                .contains("is not authorized to perform: states:DescribeExecution");
    }

    @Test
    void what_only_looks_like_waiting_for_another_machine_needs_no_rights_for_it() {
        assertThat(end(start(machine("""
                                {"StartAt":"P","States":{"P":{"Type":"Pass","End":true,
                                "Result":{"Resource":"arn:aws:states:::states:startExecution.sync"}}}}"""), "{}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_key_that_nothing_would_be_under_is_refused() {
        assertThatThrownBy(() -> machine(
                        PASS,
                        create -> create.encryptionConfiguration(
                                key -> key.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId("k"))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class);
        assertThatThrownBy(() -> states().createActivity(create -> create.name("kept")
                        .encryptionConfiguration(
                                key -> key.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId("k"))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class);
        machine(PASS, create -> create.encryptionConfiguration(key -> key.type("AWS_OWNED_KEY")));
    }

    @Test
    void versions_stay_and_aliases_route() {
        var states = states();
        var machine = machine(PASS);
        var one = states.publishStateMachineVersion(r -> r.stateMachineArn(machine))
                .stateMachineVersionArn();
        assertThat(one).isEqualTo(machine + ":1");
        assertThat(states.publishStateMachineVersion(r -> r.stateMachineArn(machine))
                        .stateMachineVersionArn())
                .isEqualTo(one);
        var alias = states.createStateMachineAlias(r -> r.name("live")
                        .routingConfiguration(
                                route -> route.stateMachineVersionArn(one).weight(100)))
                .stateMachineAliasArn();
        states.updateStateMachine(r -> r.stateMachineArn(machine).definition(WAIT));
        var execution = start(alias, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = states.describeExecution(r -> r.executionArn(execution));
        assertThat(described.stateMachineAliasArn()).isEqualTo(alias);
        assertThat(described.stateMachineVersionArn()).isEqualTo(one);
        assertThat(states.describeStateMachine(r -> r.stateMachineArn(one)).definition())
                .isEqualTo(PASS);
        assertThat(states.describeStateMachineForExecution(r -> r.executionArn(execution))
                        .definition())
                .isEqualTo(PASS);
        var e = catchThrowableOfType(
                SfnException.class, () -> states.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one)));
        assertThat(e.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "Version to be deleted must not be referenced by an alias. Current list of aliases referencing "
                                + "this version: [live]");
        states.deleteStateMachineAlias(r -> r.stateMachineAliasArn(alias));
        states.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one));
        assertThat(states.listStateMachineVersions(r -> r.stateMachineArn(machine))
                        .stateMachineVersions())
                .isEmpty();
    }

    @Test
    void tags_and_logging_are_kept() {
        var machine = machine(PASS, r -> r.tags(t -> t.key("team").value("red")));
        states().tagResource(r -> r.resourceArn(machine).tags(t -> t.key("cost").value("low")));
        states().untagResource(r -> r.resourceArn(machine).tagKeys("team"));
        assertThat(states().listTagsForResource(r -> r.resourceArn(machine)).tags())
                .extracting(t -> t.key() + "=" + t.value())
                .containsExactly("cost=low");
        assertThat(states().describeStateMachine(r -> r.stateMachineArn(machine))
                        .loggingConfiguration()
                        .levelAsString())
                .isEqualTo("OFF");
    }

    @Test
    void the_variables_that_states_read_are_told_by_state() {
        var machine = machine("""
                {"QueryLanguage":"JSONata","StartAt":"A","States":{
                "A":{"Type":"Pass","Assign":{"one":1,"two":2},"Next":"B"},
                "B":{"Type":"Pass","Output":"{% $two + $one %}","End":true}}}""");
        assertThat(states().describeStateMachine(r -> r.stateMachineArn(machine))
                        .variableReferences())
                .isEqualTo(Map.of("B", List.of("one", "two")));
        assertThat(states().describeStateMachine(r -> r.stateMachineArn(machine).includedData("METADATA_ONLY"))
                        .hasVariableReferences())
                .isFalse();
    }

    @Test
    void a_definition_is_validated_without_being_created() {
        assertThat(states().validateStateMachineDefinition(r -> r.definition(PASS))
                        .resultAsString())
                .isEqualTo("OK");
        var invalid = states().validateStateMachineDefinition(r -> r.definition("{\"StartAt\":\"X\",\"States\":{}}"));
        assertThat(invalid.resultAsString()).isEqualTo("FAIL");
        assertThat(invalid.diagnostics()).isNotEmpty();
    }

    @Test
    void validation_warns_of_nothing_that_the_service_does_not_warn_of() {
        var doubtful = states().validateStateMachineDefinition(
                        r -> r.severity("WARNING").definition("""
                {"StartAt":"P","States":{"P":{"Type":"Pass","Comment":"once","Comment":"twice","End":true,
                "Result":{"a.$":"$.b"}}}}"""));
        assertThat(doubtful.resultAsString()).isEqualTo("OK");
        assertThat(doubtful.diagnostics())
                .extracting(ValidateStateMachineDefinitionDiagnostic::code)
                .containsExactly("PASS_RESULT_IS_STATIC");
    }
}
