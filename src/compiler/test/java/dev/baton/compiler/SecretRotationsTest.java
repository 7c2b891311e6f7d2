package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
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
import org.junit.jupiter.api.Test;

/// What a pipeline becomes whose secrets are rotated when a task completes.
class SecretRotationsTest {
    private static final Access.Secret KEY =
            Access.secret("vault/key").rotateAfter(Vault.class, Duration.ofHours(2)).rotatedBy("turn-vault");

    @Intent("What is in the vault")
    record Vault(Year year) implements Task {
        @Override
        public List<Access> uses() {
            return List.of(KEY, Access.secret("vault/lamp"));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/vaults/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.secret(KEY.name()));
        }
    }

    private final CompiledPipeline compiled = Compiler.compile(Pipeline.of("vaults", Vault.class));

    private String policy(String role) {
        return Json.print(compiled.role(role).policy());
    }

    @Test
    void a_rule_hears_the_completions_of_this_task_of_this_pipeline_alone() {
        var rotation = compiled.rotations().getFirst();
        assertThat(compiled.rotations()).hasSize(1);
        assertThat(rotation.name()).matches("baton-vaults-rotation-[0-9a-f]{8}");
        assertThat(Json.print(rotation.pattern()))
                .isEqualTo("{\"source\":[\"baton.vaults\"],\"detail-type\":[\"Task Completed\"],\"detail\":"
                        + "{\"pipeline\":[\"vaults\"],\"task\":[\"dev.baton.compiler.SecretRotationsTest$Vault\"]}}");
        assertThat(Asl.validate("rotation", rotation.definition(), StateMachineType.STANDARD)
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void who_rotates_reads_no_value_and_touches_no_other_secret() {
        var role = policy(compiled.rotations().getFirst().name());
        assertThat(role)
                .contains(
                        "\"secretsmanager:RotateSecret\"",
                        ":secret:vault/key-??????",
                        ":function:turn-vault",
                        "{\"secretsmanager:VersionStage\":\"AWSPREVIOUS\"}")
                .doesNotContain("GetSecretValue", "vault/lamp", "secretsmanager:*");
        assertThat(policy("baton-vaults-by-completion"))
                .contains("states:StartExecution", ":stateMachine:baton-vaults-rotation-")
                .doesNotContain("secretsmanager");
        assertThat(compiled.roles())
                .extracting(CompiledRole::kind)
                .containsOnlyOnce(CompiledRole.Kind.ROTATION, CompiledRole.Kind.RULE);
    }

    @Test
    void a_task_reads_the_version_before_of_what_is_rotated_and_of_nothing_else() {
        var statements = compiled.role("baton-vaults-Vault").policy().get("Statement");
        assertThat(Json.print(statements))
                .contains("\"Sid\":\"ReadRotatedSecrets\"")
                .containsPattern("secret:vault/lamp-\\?{6}\"],\"Condition\":\\{\"StringEquals\":"
                        + "\\{\"secretsmanager:VersionStage\":\"AWSCURRENT\"}}")
                .containsPattern("secret:vault/key-\\?{6}\"],\"Condition\":\\{\"StringEquals\":"
                        + "\\{\"secretsmanager:VersionStage\":\\[\"AWSCURRENT\",\"AWSPREVIOUS\"]}}");
        assertThat(policy("baton-vaults-pin"))
                .contains("secretsmanager:DescribeSecret")
                .doesNotContain("GetSecretValue");
    }

    @Test
    void the_files_for_review_show_the_rotation() {
        var files = Synthesis.files(compiled);
        var name = compiled.rotations().getFirst().name();
        assertThat(files.get("rotations/" + name + ".asl.json")).contains("aws-sdk:secretsmanager:rotateSecret");
        assertThat(files.get("triggers.json")).contains("\"rotates\": \"vault/key\"");
        assertThat(files).containsKeys("policies/" + name + ".json", "policies/baton-vaults-by-completion.json");
    }

    @Test
    void who_deploys_may_put_this_machine_and_this_rule() {
        var name = compiled.rotations().getFirst().name();
        assertThat(Json.print(compiled.deployRole().policy()))
                .contains(":stateMachine:" + name, ":rule/" + name, ":role/baton/vaults/baton-vaults-by-completion");
    }
}
