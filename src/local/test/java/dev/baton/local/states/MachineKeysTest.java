package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.EncryptionType;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.InvalidEncryptionConfigurationException;
import software.amazon.awssdk.services.sfn.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.sfn.model.KmsInvalidStateException;

/// State machines under keys of the account's: who may look at a machine sees what it holds only with its key.
class MachineKeysTest extends StatesEndpoint {
    private static final String CANARY = "canary-of-the-input-93d0";

    private Clients clients;
    private KmsClient kms;
    private String key;
    private String machine;
    private String execution;

    @BeforeAll
    void begin() {
        clients = new Clients(aws.aws());
        kms = clients.kms();
        key = kms.createKey().keyMetadata().arn();
        machine = machine(
                PASS,
                create -> create.encryptionConfiguration(under ->
                        under.type(EncryptionType.CUSTOMER_MANAGED_KMS_KEY).kmsKeyId(key)));
        execution = start(machine, "{\"secret\":\"" + CANARY + "\"}");
        end(execution);
    }

    @AfterAll
    void end() {
        kms.close();
        clients.close();
    }

    /// Somebody who may look at everything of Step Functions.
    private SfnClient looking(String... more) {
        var iam = clients.iam();
        var name = fresh("person");
        iam.createUser(r -> r.userName(name));
        var all = allow("states:*", "*") + (more.length == 0 ? "" : "," + String.join(",", more));
        iam.putUserPolicy(r -> r.userName(name)
                .policyName("own")
                .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + all + "]}"));
        var made = iam.createAccessKey(r -> r.userName(name)).accessKey();
        return aws.client(made.accessKeyId(), made.secretAccessKey(), SfnClient.builder());
    }

    private String decrypting(String forMachine) {
        return "{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"" + key + "\",\"Condition\":"
                + "{\"StringEquals\":{\"kms:EncryptionContext:aws:states:stateMachineArn\":\"" + forMachine
                + "\",\"kms:ViaService\":\"states.us-east-1.amazonaws.com\"}}}";
    }

    @Test
    void without_its_key_nobody_reads_what_a_machine_holds_and_everybody_what_is_known_of_it() {
        for (var person : new SfnClient[] {looking(), looking(decrypting(machine + "-other"))}) {
            assertThatThrownBy(() -> person.describeExecution(r -> r.executionArn(execution)))
                    .isInstanceOf(KmsAccessDeniedException.class)
                    .hasMessageContaining("kms:Decrypt");
            assertThatThrownBy(() -> person.getExecutionHistory(r -> r.executionArn(execution)))
                    .isInstanceOf(KmsAccessDeniedException.class);
            assertThatThrownBy(() -> person.describeStateMachine(r -> r.stateMachineArn(machine)))
                    .isInstanceOf(KmsAccessDeniedException.class);
            assertThatThrownBy(() -> person.describeStateMachineForExecution(r -> r.executionArn(execution)))
                    .isInstanceOf(KmsAccessDeniedException.class);

            var known =
                    person.describeExecution(r -> r.executionArn(execution).includedData(IncludedData.METADATA_ONLY));
            assertThat(known.statusAsString()).isEqualTo("SUCCEEDED");
            assertThat(known.input()).isNull();
            assertThat(known.output()).isNull();
            var events = person.getExecutionHistory(
                            r -> r.executionArn(execution).includeExecutionData(false))
                    .events();
            assertThat(events.getFirst().executionStartedEventDetails().input()).isNull();
            assertThat(events.getLast().typeAsString()).isEqualTo("ExecutionSucceeded");
            assertThat(person.describeStateMachine(
                                    r -> r.stateMachineArn(machine).includedData(IncludedData.METADATA_ONLY))
                            .definition())
                    .isNull();
        }
    }

    @Test
    void with_its_key_for_this_machine_it_is_read() {
        var person = looking(decrypting(machine));
        assertThat(person.describeExecution(r -> r.executionArn(execution)).input())
                .contains(CANARY);
        assertThat(person.getExecutionHistory(r -> r.executionArn(execution))
                        .events()
                        .getFirst()
                        .executionStartedEventDetails()
                        .input())
                .contains(CANARY);
        var described = person.describeStateMachine(r -> r.stateMachineArn(machine));
        assertThat(described.encryptionConfiguration().kmsKeyId()).isEqualTo(key);
        assertThat(described.encryptionConfiguration().kmsDataKeyReusePeriodSeconds())
                .isEqualTo(300);
    }

    @Test
    void an_execution_is_under_the_key_that_its_machine_had_when_it_began() {
        var open = machine(PASS);
        var before = start(open, "{}");
        end(before);
        assertThat(states().describeStateMachine(r -> r.stateMachineArn(open))
                        .encryptionConfiguration()
                        .typeAsString())
                .isEqualTo("AWS_OWNED_KEY");
        states().updateStateMachine(r -> r.stateMachineArn(open)
                .encryptionConfiguration(
                        under -> under.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId(key)));
        var after = start(open, "{}");
        end(after);
        var person = looking();
        assertThat(person.describeExecution(r -> r.executionArn(before)).input())
                .isEqualTo("{}");
        assertThatThrownBy(() -> person.describeExecution(r -> r.executionArn(after)))
                .isInstanceOf(KmsAccessDeniedException.class);
    }

    @Test
    void a_configuration_that_does_not_fit_is_refused_and_so_is_who_may_not_use_the_key() {
        assertThatThrownBy(() -> machine(
                        PASS,
                        create -> create.encryptionConfiguration(under -> under.type("CUSTOMER_MANAGED_KMS_KEY"))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageContaining("kmsKeyId is required");
        assertThatThrownBy(() -> machine(
                        PASS,
                        create -> create.encryptionConfiguration(
                                under -> under.type("AWS_OWNED_KEY").kmsKeyId(key))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class);
        assertThatThrownBy(() -> machine(
                        PASS,
                        create -> create.encryptionConfiguration(
                                under -> under.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId("alias/none"))))
                .isInstanceOf(InvalidEncryptionConfigurationException.class)
                .hasMessageContaining("is not found");
        var person = looking();
        assertThatThrownBy(() -> person.updateStateMachine(r -> r.stateMachineArn(machine)
                        .encryptionConfiguration(
                                under -> under.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId(key))))
                .isInstanceOf(KmsAccessDeniedException.class)
                .hasMessageContaining("kms:DescribeKey");
    }

    @Test
    void what_is_under_a_key_that_is_disabled_is_read_by_nobody() {
        var other = kms.createKey().keyMetadata().arn();
        var closed = machine(
                PASS,
                create -> create.encryptionConfiguration(
                        under -> under.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId(other)));
        kms.disableKey(r -> r.keyId(other));
        assertThatThrownBy(() -> states().describeStateMachine(r -> r.stateMachineArn(closed)))
                .isInstanceOf(KmsInvalidStateException.class);
    }

    @Test
    void a_restart_keeps_what_a_machine_is_under(@TempDir Path folder) {
        try (var first = new ApplicationEndpoint(
                        EmbeddedAws.builder().folder(folder).start());
                var theirs = new Clients(first.aws());
                var keys = theirs.kms()) {
            var arn = keys.createKey().keyMetadata().arn();
            var role = first.role("kept-role", "states.amazonaws.com", "");
            first.states()
                    .createStateMachine(r -> r.name("kept")
                            .roleArn(role)
                            .definition(PASS)
                            .encryptionConfiguration(under ->
                                    under.type("CUSTOMER_MANAGED_KMS_KEY").kmsKeyId(arn)));
        }
        try (var second =
                new ApplicationEndpoint(EmbeddedAws.builder().folder(folder).start())) {
            assertThat(second.states()
                            .describeStateMachine(
                                    r -> r.stateMachineArn("arn:aws:states:us-east-1:000000000000:stateMachine:kept"))
                            .encryptionConfiguration()
                            .typeAsString())
                    .isEqualTo("CUSTOMER_MANAGED_KMS_KEY");
        }
    }
}
