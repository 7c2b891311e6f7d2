package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Regatta;
import dev.baton.cli.pipelines.TestPipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Tasks whose work services do, deployed as compiled to the embedded AWS.
class ServiceTaskTest {

    @BeforeEach
    void forget() {
        Regatta.TO_FAIL.set(0);
        Regatta.RECEIVED.set(0);
    }

    @Test
    void a_service_is_called_with_a_role_of_its_own_and_what_it_answers_becomes_the_output_once()
            throws InterruptedException {
        try (var regatta = new DeployedPipeline(TestPipelines.REGATTA)) {
            var first = regatta.upload("finishes/2026.txt", "ann, bob").getFirst().get("execution");
            var ended = regatta.ended(first);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(regatta.read("pages/2026.txt")).isEqualTo("announced, 0 failed");
            assertThat(regatta.read("announcements/2026.json")).contains("EventId");
            assertThat(regatta.records())
                    .filteredOn(record -> record.task().endsWith("$Announcement"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.roleSession()).contains(":assumed-role/baton-regatta-Announcement/");
                        assertThat(record.inputs()).hasSize(1);
                    });
            assertThat(regatta.history(first, "TaskScheduled"))
                    .filteredOn(event -> event.taskScheduledEventDetails().resource().equals("putEvents"))
                    .singleElement()
                    .satisfies(event -> {
                        var details = event.taskScheduledEventDetails();
                        assertThat(details.taskCredentials().roleArn())
                                .endsWith(":role/baton/regatta/baton-regatta-Announcement-called");
                        assertThat(details.parameters())
                                .contains("\"Source\":\"acme.regatta\"", "\"year\":2026", "/finishes/2026.txt\"")
                                .containsPattern("\"token\":\"[0-9a-f]{40}\"");
                    });

            var again = regatta.upload("finishes/2026.txt", "ann, bob").getFirst().get("execution");
            assertThat(regatta.ended(again).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(regatta.history(again, "TaskScheduled"))
                    .as("the same content is no reason to call the service")
                    .isNotEmpty()
                    .noneMatch(event -> event.taskScheduledEventDetails().resource().equals("putEvents"));
            assertThat(regatta.versions("announcements/")).hasSize(1);
        }
    }

    @Test
    void where_the_answer_cannot_be_recorded_at_first_it_is_tried_again_without_another_call() throws InterruptedException {
        Regatta.TO_FAIL.set(1);
        try (var regatta = new DeployedPipeline(TestPipelines.REGATTA)) {
            var execution = regatta.upload("finishes/2026.txt", "ann").getFirst().get("execution");
            var ended = regatta.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Regatta.RECEIVED).hasValue(2);
            assertThat(regatta.history(execution, "TaskScheduled"))
                    .filteredOn(event -> event.taskScheduledEventDetails().resource().equals("putEvents"))
                    .hasSize(1);
        }
    }

    @Test
    void in_a_map_each_item_makes_its_own_call() throws InterruptedException {
        try (var album = new DeployedPipeline(TestPipelines.ALBUM)) {
            album.upload("finishes/2024.txt", "ann");
            album.upload("finishes/2025.txt", "bob");
            var started = album.upload("finishes/2026.txt", "cyd").stream()
                    .filter(outcome -> outcome.get("execution") != null)
                    .toList();
            assertThat(started).hasSize(1);
            var ended = album.ended(started.getFirst().get("execution"));
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(album.read("albums/2026.txt"))
                    .isEqualTo("announced, 0 failed; announced, 0 failed; announced, 0 failed; ");
            var calls = album.history(started.getFirst().get("execution"), "TaskScheduled").stream()
                    .map(event -> event.taskScheduledEventDetails())
                    .filter(details -> details.resource().equals("putEvents"))
                    .map(details -> details.parameters())
                    .toList();
            assertThat(calls).hasSize(3);
            assertThat(calls.toString()).contains("\"year\":2024", "\"year\":2025", "\"year\":2026");
        }
    }

    @Test
    void a_service_that_the_embedded_aws_does_not_have_fails_its_state_and_says_so() throws InterruptedException {
        try (var counting = new DeployedPipeline(TestPipelines.COUNTING)) {
            var execution = counting.upload("finishes/2026.txt", "ann").getFirst().get("execution");
            var ended = counting.ended(execution);
            assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(ended.error()).isEqualTo("States.Runtime");
            assertThat(ended.cause()).contains("The embedded AWS has no integration", "glue:startJobRun");
            assertThat(counting.versions("counts/")).isEmpty();
        }
    }

    @Test
    void baton_run_calls_what_there_is_and_ends_with_a_sentence_where_there_is_none(@TempDir Path home)
            throws IOException {
        Files.createDirectories(home.resolve("data/finishes"));
        Files.writeString(home.resolve("data/finishes/2026.txt"), "ann, bob");
        var told = Call.in(home, "run", "regatta", "--year", "2026", "--data", home.resolve("data").toString());
        assertThat(told.exit()).as(told.out() + told.err()).isZero();
        assertThat(told.lines("ran")).anyMatch(line -> line.contains("Announcement")).anyMatch(line -> line.contains("Page"));

        var none = Call.in(home, "run", "counting", "--year", "2026", "--data", home.resolve("data").toString());
        assertThat(none.exit()).isNotZero();
        assertThat(none.out() + none.err()).contains("The embedded AWS has no integration", "glue:startJobRun");
    }
}
