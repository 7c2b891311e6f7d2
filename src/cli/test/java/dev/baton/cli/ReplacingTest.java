package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.TestPipelines;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Deleting is a right of its own, and whatever a task's clients write is encrypted with the bucket's key.
class ReplacingTest {

    @Test
    void a_task_deletes_only_where_it_declares_to_replace_and_writes_only_where_it_declares_to_write()
            throws InterruptedException {
        try (var deployed = new DeployedPipeline(TestPipelines.TIDYING)) {
            var execution = deployed.ended(deployed.start(Map.of("year", "2012")));

            assertThat(execution.status()).as(execution.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(deployed.read("tidied/2012.txt")).isEqualTo("200 204 200 403 403");
        }
    }
}
