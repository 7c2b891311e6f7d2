package dev.baton.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.environment.Environments;
import dev.baton.json.Json;
import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The rotation of a secret in the stack of its pipeline.
@ExtendWith(Stacks.class)
class RotationConstructsTest {
    private static final Access.Secret KEY = Access.secret("safe/key")
            .rotateAfter(Safe.class, Duration.ofHours(1))
            .rotatedBy("turn-safe");

    @Intent("What is in the safe")
    record Safe(Year year) implements Task {
        @Override
        public List<Access> uses() {
            return List.of(KEY);
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/safes/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.secret(KEY.name()));
        }
    }

    @Test
    void a_rule_on_the_bus_of_completions_starts_its_machine_and_what_is_logged_without_data_is() {
        var environment = Environments.parse("safes", """
                {"safes": {"account": "444444444444", "region": "eu-central-1", "eventBus": "baton", "stateMachineKey": true,
                  "stateBucket": {"name": "their-state"}, "buckets": {"lake": {"name": "their-lake"}}}}\
                """).named("safes");
        var compiled = Compiler.compile(Pipeline.of("safes", Safe.class).loggedWithoutData(), environment.options());
        var stacks = Stacks.of(
                "safes", app -> BatonApp.add(app, environment, List.of(compiled), Example.code(), Example.REVISION));
        var rotation = compiled.rotations().getFirst();
        var rule = stacks.one("AWS::Events::Rule", "Name", rotation.name());
        assertThat(rule.property("EventBusName")).isEqualTo("baton");
        var machine = stacks.one("AWS::StepFunctions::StateMachine", "StateMachineName", rotation.name());
        assertThat(rule.at("Targets/0/Arn")).isEqualTo(Map.of("Fn::GetAtt", List.of(machine.id(), "Arn")));
        assertThat(machine.at("LoggingConfiguration/IncludeExecutionData")).isEqualTo(false);
        assertThat(stacks.one("AWS::StepFunctions::StateMachine", "StateMachineName", "baton-safes")
                        .at("LoggingConfiguration/IncludeExecutionData"))
                .isEqualTo(false);
        var starting = stacks.one("AWS::IAM::Role", "RoleName", "baton-safes-by-completion");
        assertThat(rule.at("Targets/0/RoleArn")).isEqualTo(Map.of("Fn::GetAtt", List.of(starting.id(), "Arn")));
        var own = stacks.one("AWS::IAM::Role", "RoleName", rotation.name());
        assertThat(machine.property("RoleArn")).isEqualTo(Map.of("Fn::GetAtt", List.of(own.id(), "Arn")));
        assertThat(Json.print(own.property("Policies")))
                .contains("secretsmanager:RotateSecret")
                .doesNotContain("GetSecretValue");
        var key = stacks.one("AWS::KMS::Key");
        assertThat(stacks.all("AWS::StepFunctions::StateMachine")).hasSize(2).allSatisfy(each -> {
            var encryption = Synthesised.object(each.property("EncryptionConfiguration"));
            assertThat(encryption)
                    .containsEntry("Type", "CUSTOMER_MANAGED_KMS_KEY")
                    .containsEntry("KmsDataKeyReusePeriodSeconds", 300L);
            assertThat(stacks.resolved(each.stack(), encryption.get("KmsKeyId")))
                    .isEqualTo("<AWS::KMS::Key." + key.id() + ".Arn>");
        });
        assertThat(Json.print(key.property("KeyPolicy")))
                .as("no logs of executions are delivered without")
                .contains("delivery.logs.amazonaws.com");
        assertThat(Json.print(stacks.resolved(own.stack(), own.property("Policies"))))
                .contains("EncryptExecutions", "<AWS::KMS::Key." + key.id() + ".Arn>")
                .doesNotContain("stateMachine:baton-safes\"");
    }
}
