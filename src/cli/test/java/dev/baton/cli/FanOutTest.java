package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Apiary;
import dev.baton.cli.pipelines.Apiary.Jar;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Tasks that become a Map over what is found when they run, deployed and over the wire.
class FanOutTest {

    @BeforeEach
    @AfterEach
    void begin() {
        Apiary.FILLED.clear();
        Apiary.BREAKING.clear();
    }

    @Test
    void each_item_is_a_task_of_its_own_and_the_successor_reads_what_they_made() throws InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            var started = apiary.upload("hives/2026.txt", "oak 500\nelm 40\noak 500\nash 3\n")
                    .getFirst();
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
                    .allSatisfy(item ->
                            assertThat(String.valueOf(item)).contains("sha256=").doesNotContain("version"));
            assertThat(records(apiary, "Jar"))
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.roleSession())
                            .contains(":assumed-role/baton-apiary-Jar/")
                            .endsWith(".0"))
                    .extracting(record -> record.roleSession())
                    .doesNotHaveDuplicates();
            assertThat(records(apiary, "Jars")).singleElement().satisfies(record -> {
                assertThat(record.configuration()).containsOnlyKeys("items");
                assertThat(record.inputs()).hasSize(1);
                assertThat(record.roleSession()).contains(":assumed-role/baton-apiary-Jars/");
            });
        }
    }

    @Test
    void a_second_run_with_one_changed_item_runs_that_item_and_the_close_only() throws InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            apiary.ended(apiary.upload("hives/2026.txt", "oak 500\nelm 40\nash 3\n")
                    .getFirst()
                    .get("execution"));
            Apiary.FILLED.clear();

            // Other bytes, the same hives: nothing runs but the close, and that makes the same bytes.
            var same =
                    apiary.upload("hives/2026.txt", "ash 3\nelm 40\noak 500\n").getFirst();
            assertThat(apiary.ended(same.get("execution")).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Apiary.FILLED).isEmpty();
            assertThat(apiary.versions("shelves/"))
                    .as("the successor had nothing to do")
                    .hasSize(1);

            var changed =
                    apiary.upload("hives/2026.txt", "oak 500\nelm 41\nash 3\n").getFirst();
            var ended = apiary.ended(changed.get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Apiary.FILLED).containsExactly(new Jar(2026, "elm", 41));
            assertThat(apiary.read("shelves/2026.txt")).isEqualTo("3 jars, 544 grams");

            // The very same again: neither the items nor the close nor what follows has anything to do.
            Apiary.FILLED.clear();
            var jars = apiary.versions("jars/").size();
            apiary.ended(apiary.upload("hives/2026.txt", "oak 500\nelm 41\nash 3\n")
                    .getFirst()
                    .get("execution"));
            assertThat(Apiary.FILLED).isEmpty();
            assertThat(apiary.versions("jars/")).hasSize(jars);
        }
    }

    @Test
    void a_start_that_forces_items_or_the_whole_of_them_runs_just_that(@TempDir Path home)
            throws IOException, InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            apiary.tell(home);
            apiary.ended(apiary.upload("hives/2026.txt", "oak 500\nelm 40\n")
                    .getFirst()
                    .get("execution"));
            var each = List.of(new Jar(2026, "oak", 500), new Jar(2026, "elm", 40));

            assertThat(filled(home)).as("all is fresh").isEmpty();
            assertThat(versions(apiary)).isEqualTo("jars 1, shelves 1");

            assertThat(filled(home, "--force", "Jar")).containsExactlyInAnyOrderElementsOf(each);
            assertThat(versions(apiary)).as("what they make is the same").isEqualTo("jars 1, shelves 1");

            assertThat(filled(home, "--force", "Jars")).containsExactlyInAnyOrderElementsOf(each);
            assertThat(versions(apiary)).as("the list of them too is forced").isEqualTo("jars 2, shelves 1");

            assertThat(filled(home, "--force", "Jars+")).containsExactlyInAnyOrderElementsOf(each);
            assertThat(versions(apiary)).as("and what follows").isEqualTo("jars 3, shelves 2");

            assertThat(filled(home, "--force", "Shelf")).isEmpty();
            assertThat(versions(apiary)).isEqualTo("jars 3, shelves 3");
            assertThat(apiary.read("shelves/2026.txt")).isEqualTo("2 jars, 540 grams");
            assertThat(records(apiary, "Shelf"))
                    .singleElement()
                    .satisfies(record ->
                            assertThat(record.reasons()).containsExactly(new Reason("forced", "forced by user/admin")));
        }
    }

    /// What a start fills, once it has ended.
    private static List<Jar> filled(Path home, String... force) {
        Apiary.FILLED.clear();
        var words = Stream.concat(
                Stream.of("start", "apiary", "--season", "2026", "--again", "--follow"), Stream.of(force));
        var call = Call.in(home, words.toArray(String[]::new));
        assertThat(call.exit()).as(call.out() + call.err()).isZero();
        return List.copyOf(Apiary.FILLED);
    }

    private static String versions(DeployedPipeline apiary) {
        return "jars " + apiary.versions("jars/2026.json").size() + ", shelves "
                + apiary.versions("shelves/").size();
    }

    @Test
    void an_item_that_fails_for_good_fails_the_run_and_a_redrive_runs_what_failed() throws InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            Apiary.BREAKING.add("elm");
            var execution = apiary.upload("hives/2026.txt", "oak 500\nelm 40\nash 3\n")
                    .getFirst()
                    .get("execution");
            var failed = apiary.ended(execution);
            assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(failed.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
            assertThat(apiary.children(execution))
                    .filteredOn(child -> child.error() != null)
                    .filteredOn(child -> child.error().equals("dev.baton.task.DataInvalid"))
                    .singleElement()
                    .satisfies(child -> assertThat(child.cause()).contains("the jar of elm broke"));
            assertThat(apiary.versions("jars/2026.json")).isEmpty();
            assertThat(records(apiary, "Jars")).isEmpty();

            Apiary.BREAKING.clear();
            apiary.endpoint().states().redriveExecution(request -> request.executionArn(String.valueOf(execution)));
            var ended = apiary.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Apiary.FILLED).as("no jar was filled twice").hasSize(3).doesNotHaveDuplicates();
            assertThat(apiary.read("shelves/2026.txt")).isEqualTo("3 jars, 543 grams");
            assertThat(apiary.history(execution, "MapRunRedriven")).hasSize(1);
            assertThat(apiary.children(execution)).hasSize(3);
        }
    }

    @Test
    void failures_that_are_tolerated_are_missing_in_the_output_and_more_of_them_fail_the_run()
            throws InterruptedException {
        try (var tasting = new DeployedPipeline(TestPipelines.TASTING)) {
            Apiary.BREAKING.add("elm");
            var execution = tasting.upload("hives/2026.txt", "oak 500\nelm 40\nash 3\n")
                    .getFirst()
                    .get("execution");
            var ended = tasting.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(tasting.read("tastings/2026.json"))
                    .contains("oak", "ash")
                    .doesNotContain("elm");
            assertThat(tasting.read("notes/2026/oak.txt")).isEqualTo("sweet");
            assertThat(Json.parseObject(ended.output())).containsEntry("outcome", "RAN");
            assertThat(tasting.record("Tasting")).contains("\"items\":{\"expanded\":3,\"complete\":2}");

            Apiary.BREAKING.add("ash");
            var other = tasting.upload("hives/2027.txt", "oak 500\nelm 40\nash 3\n")
                    .getFirst()
                    .get("execution");
            assertThat(tasting.ended(other).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        }
    }

    @Test
    void no_items_and_a_thousand_and_one_are_complete_when_all_of_them_are() throws InterruptedException {
        try (var apiary = new DeployedPipeline(TestPipelines.APIARY)) {
            var none =
                    apiary.ended(apiary.upload("hives/2025.txt", "").getFirst().get("execution"));
            assertThat(none.status()).as(none.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(apiary.read("shelves/2025.txt")).isEqualTo("0 jars, 0 grams");
            assertThat(Json.parseObject(apiary.read("jars/2025.json"))).isEqualTo(Map.of("items", List.of()));

            var rows = IntStream.rangeClosed(1, 1_001)
                    .mapToObj(hive -> "hive-" + hive + " " + hive)
                    .collect(Collectors.joining("\n"));
            var execution = apiary.upload("hives/2026.txt", rows).getFirst().get("execution");
            var ended = apiary.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(apiary.read("shelves/2026.txt")).isEqualTo("1001 jars, 501501 grams");
            assertThat(apiary.history(execution, "MapStateStarted")).hasSize(1);
        }
    }

    private static List<CompletionRecord> records(DeployedPipeline pipeline, String task) {
        return pipeline.records().stream()
                .filter(record -> record.task().endsWith("$" + task))
                .toList();
    }
}
