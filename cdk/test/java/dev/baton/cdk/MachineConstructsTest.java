package dev.baton.cdk;

import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// State machines around their definition: logs, traces, versions, the alias.
@ExtendWith(Stacks.class)
class MachineConstructsTest {
    @Test
    void the_state_machine_logs_everything_encrypted_and_is_traced() {
        var prod = Example.in("prod");
        var machine = prod.one("AWS::StepFunctions::StateMachine");
        var log = prod.one("AWS::Logs::LogGroup", "LogGroupName", "/aws/vendedlogs/states/baton-weather");
        var key = prod.one("AWS::KMS::Key");

        assertThat(machine.property("StateMachineName")).isEqualTo("baton-weather");
        assertThat(machine.property("StateMachineType")).isEqualTo("STANDARD");
        assertThat(machine.at("TracingConfiguration/Enabled")).isEqualTo(true);
        assertThat(machine.at("LoggingConfiguration/Level")).isEqualTo("ALL");
        assertThat(machine.at("LoggingConfiguration/IncludeExecutionData")).isEqualTo(true);
        assertThat(machine.at("LoggingConfiguration/Destinations/0/CloudWatchLogsLogGroup/LogGroupArn"))
                .isEqualTo(Map.of("Fn::GetAtt", List.of(log.id(), "Arn")));
        assertThat(prod.resolved(log.stack(), log.property("KmsKeyId")))
                .isEqualTo("<AWS::KMS::Key." + key.id() + ".Arn>");
        assertThat(key.property("EnableKeyRotation")).isEqualTo(true);
    }

    @Test
    void state_machines_are_under_the_key_that_an_environment_names_and_under_that_of_aws_elsewhere() {
        var importing = Example.in("importing");
        assertThat(importing.all("AWS::StepFunctions::StateMachine"))
                .hasSize(4)
                .allSatisfy(machine -> assertThat(machine.property("EncryptionConfiguration"))
                        .isEqualTo(Map.of(
                                "Type",
                                "CUSTOMER_MANAGED_KMS_KEY",
                                "KmsKeyId",
                                "arn:aws:kms:eu-central-1:444444444444:key/machines",
                                "KmsDataKeyReusePeriodSeconds",
                                300L)));
        assertThat(Example.in("dev").all("AWS::StepFunctions::StateMachine"))
                .allSatisfy(machine -> assertThat(machine.body().toString()).doesNotContain("EncryptionConfiguration"));
    }

    @Test
    void executions_start_through_an_alias_of_a_version_that_is_kept() {
        var dev = Example.in("dev");
        var machine = dev.one("AWS::StepFunctions::StateMachine");
        var version = dev.one("AWS::StepFunctions::StateMachineVersion");
        var alias = dev.one("AWS::StepFunctions::StateMachineAlias");

        assertThat(version.property("StateMachineRevisionId"))
                .isEqualTo(Map.of("Fn::GetAtt", List.of(machine.id(), "StateMachineRevisionId")));
        assertThat(version.body())
                .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
                .containsEntry("UpdateReplacePolicy", "Retain");
        assertThat(alias.property("Name")).isEqualTo("live");
        var before = dev.all().stream()
                .filter(resource -> resource.stack().equals(alias.stack()))
                .filter(resource -> List.of(
                                "AWS::Events::Rule",
                                "AWS::Lambda::Permission",
                                "AWS::SQS::QueuePolicy",
                                "AWS::CloudWatch::Alarm")
                        .contains(resource.type()))
                .map(Synthesised.Resource::id)
                .toList();
        assertThat(before).hasSizeGreaterThan(8);
        assertThat((List<?>) alias.body().get("DependsOn"))
                .as("nothing starts before all is there")
                .map(Object::toString)
                .containsAll(before);
        assertThat(alias.property("RoutingConfiguration"))
                .isEqualTo(List.of(Map.of("StateMachineVersionArn", Map.of("Ref", version.id()), "Weight", 100L)));
    }

    @Test
    void new_code_takes_over_by_and_by_where_a_rollout_is_asked_for_and_alarms_bring_the_old_back() {
        var prod = Example.in("prod");
        var preference =
                object(prod.one("AWS::StepFunctions::StateMachineAlias").property("DeploymentPreference"));
        var alarms = Stream.of("baton-weather-failed", "baton-weather-timed-out")
                .map(name -> prod.one("AWS::CloudWatch::Alarm", "AlarmName", name))
                .map(alarm -> Map.of("Ref", alarm.id()))
                .toList();

        assertThat(preference)
                .containsEntry("Type", "CANARY")
                .containsEntry("Percentage", 10L)
                .containsEntry("Interval", 15L);
        assertThat(Stream.of("AWS::StepFunctions::StateMachineVersion", "AWS::Lambda::Version")
                        .flatMap(type -> prod.all(type).stream()))
                .as("executions may run on it when it is taken back")
                .allSatisfy(version -> assertThat(version.body()).containsEntry("DeletionPolicy", "Retain"));
        assertThat((List<?>) preference.get("Alarms"))
                .map(Object.class::cast)
                .containsExactlyInAnyOrderElementsOf(alarms);
    }
}
