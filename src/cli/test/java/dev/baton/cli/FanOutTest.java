package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Apiary;
import dev.baton.cli.pipelines.Apiary.Jar;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import dev.baton.task.run.CompletionRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Tasks that become a Map over what is found when they run, deployed and over the wire.
class FanOutTest {

    @BeforeEach
    void begin() {
        Apiary.FILLED.clear();
        Apiary.BREAKING.clear();
    }

    @Test
    void each_item_is_a_task_of_its_own_and_the_successor_reads_what_they_made() throws InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            var started = apiary.upload("hives/2026.txt", "oak 500\nelm 40\noak 500\nash 3\n").getFirst();
            var ended = apiary.ended(started.get("execution"));

            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(apiary.read("shelves/2026.txt")).isEqualTo("3 jars, 543 grams");
            assertThat(Apiary.FILLED)
                    .as("each once, however often it was named")
                    .containsExactlyInAnyOrder(
                            new Jar(2026, "oak", 500), new Jar(2026, "elm", 40), new Jar(2026, "ash", 3));
            assertThat(Json.parseObject(apiary.read("jars/2026.json")).get("items"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(3)
                    .allSatisfy(item -> assertThat(String.valueOf(item)).contains("sha256=").doesNotContain("version"));
            assertThat(records(apiary, "Jar"))
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.roleSession())
                            .contains(":assumed-role/baton-apiary-Jar/")
                            .endsWith(".Jar.0"))
                    .extracting(record -> record.roleSession())
                    .doesNotHaveDuplicates();
            assertThat(records(apiary, "Jars")).singleElement().satisfies(record -> {
                assertThat(record.configuration()).containsOnlyKeys("items");
                assertThat(record.inputs()).hasSize(1);
                assertThat(record.roleSession()).contains(":assumed-role/baton-apiary-Jars/");
            });
        }
    }

    private static List<CompletionRecord> records(DeployedPipeline pipeline, String task) {
        return pipeline.records().stream()
                .filter(record -> record.task().endsWith("$" + task))
                .toList();
    }
}
