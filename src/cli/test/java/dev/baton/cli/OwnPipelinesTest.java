package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Stumbling;
import dev.baton.cli.pipelines.TestPipelines;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Pipelines that misbehave while they run.
class OwnPipelinesTest {

    @Test
    void a_read_that_was_not_declared_is_refused_and_the_declaration_to_add_is_named() throws InterruptedException {
        try (var pipeline = new DeployedPipeline(TestPipelines.SNOOPING)) {
            pipeline.upload("landing/anne/2012.txt", "Dear Anne");
            var started = pipeline.upload("landing/bob/2012.txt", "Dear Bob").getFirst();
            var ended = pipeline.ended(started.get("execution"));

            assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(ended.error()).isEqualTo("dev.baton.task.Undeclared");
            assertThat(ended.cause())
                    .contains(
                            "s3:GetObject on arn:aws:s3:::lake/landing/bob/2012.txt, which is AccessDenied to its role")
                    .contains("add Letter[to=BOB, year=2012] to requires() of Snooping");
            assertThat(pipeline.history(started.get("execution"), "TaskFailed"))
                    .as("attempts, no retry among them")
                    .hasSize(1);
            assertThat(pipeline.versions("snooped/")).isEmpty();
            assertThat(pipeline.versions("read/"))
                    .as("what was declared could be read")
                    .hasSize(1);
        }
    }

    @Test
    void a_second_attempt_acts_under_a_session_of_its_own() throws InterruptedException {
        Stumbling.SESSIONS.clear();
        try (var pipeline = new DeployedPipeline(TestPipelines.STUMBLING)) {
            var started = pipeline.upload("landing/anne/2012.txt", "Dear Anne").getFirst();
            var ended = pipeline.ended(started.get("execution"));

            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(pipeline.history(started.get("execution"), "TaskFailed")).hasSize(1);
            assertThat(Stumbling.SESSIONS)
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allSatisfy(session -> assertThat(session).contains(":assumed-role/baton-stumbling-Stumbling/"))
                    .satisfiesExactly(
                            session -> assertThat(session).matches(".*\\.Stumbling\\.[A-Z2-7]{8}\\.0"),
                            session -> assertThat(session).matches(".*\\.Stumbling\\.[A-Z2-7]{8}\\.1"));
            assertThat(pipeline.records()).singleElement().satisfies(record -> {
                assertThat(record.attempts()).isEqualTo(2);
                assertThat(record.roleSession()).matches(".*\\.Stumbling\\.[A-Z2-7]{8}\\.1");
            });
            assertThat(pipeline.read("stumbled/2012.txt")).isEqualTo("Dear Anne");
        }
    }
}
