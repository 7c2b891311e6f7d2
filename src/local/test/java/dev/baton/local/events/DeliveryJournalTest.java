package dev.baton.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.delivery.DeliveryJournal;
import dev.baton.local.events.DeliveryQueue.Addressed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is under way, over restarts.
class DeliveryJournalTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final RuleTarget TARGET =
            RuleTarget.of(Map.of("Id", "t", "Arn", "arn:aws:lambda:us-east-1:000000000000:function:f"));

    @TempDir
    private Path folder;

    private static Delivery letter(String id, String input) {
        return new Delivery(Map.of("id", id, "detail", Map.of()), "rule", TARGET.arn(), TARGET.id(), input);
    }

    private static Addressed delivery(String id, String input) {
        return new Addressed(letter(id, input), TARGET);
    }

    private DeliveryJournal<Addressed> open() throws IOException {
        return DeliveryQueue.journal(folder, said -> {});
    }

    @Test
    void a_retry_goes_on_where_it_was_and_what_has_ended_is_gone() throws IOException {
        try (var journal = open()) {
            var ended = journal.begin(delivery("1", "{}"), NOON, NOON);
            var failing = journal.begin(delivery("2", "\"what it gets\""), NOON, NOON);
            journal.again(failing, NOON.plusSeconds(1));
            journal.end(ended);
        }
        try (var journal = open()) {
            assertThat(journal.open()).hasSize(1);
            var under = journal.open().getFirst();
            assertThat(under.delivery()).isEqualTo(delivery("2", "\"what it gets\""));
            assertThat(under.attempt()).isEqualTo(2);
            assertThat(under.received()).isEqualTo(NOON);
            assertThat(under.next()).isEqualTo(NOON.plusSeconds(1));
            var next = journal.begin(delivery("3", "{}"), NOON, NOON);
            assertThat(next.id()).as("ids are used once").isGreaterThan(under.id());
        }
    }

    @Test
    void what_was_taken_down_outlives_a_process_that_does_not_close_the_file() throws IOException {
        var journal = open();
        journal.begin(delivery("1", "{}"), NOON, NOON);
        journal.await();
        var copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(folder.resolve("journal"), copy.resolve("journal"));
        journal.close();
        try (var after = DeliveryQueue.journal(copy, said -> {})) {
            assertThat(after.open())
                    .extracting(under -> under.delivery().delivery().eventId())
                    .containsExactly("1");
        }
    }

    @Test
    void the_file_does_not_grow_with_what_has_ended() throws IOException {
        var large = "\"" + "x".repeat(100_000) + "\"";
        try (var journal = open()) {
            var stays = journal.begin(delivery("stays", "{}"), NOON, NOON);
            for (int i = 0; i < 200; i++) {
                journal.end(journal.begin(delivery("n" + i, large), NOON, NOON));
            }
            journal.await();
            assertThat(Files.size(folder.resolve("journal"))).isLessThan(5 << 20);
            assertThat(journal.open()).containsExactly(stays);
        }
        try (var journal = open()) {
            assertThat(journal.open())
                    .extracting(under -> under.delivery().delivery().eventId())
                    .containsExactly("stays");
        }
    }

    @Test
    void what_is_to_be_known_outlives_its_deliveries_and_is_forgotten_in_time() throws IOException {
        var large = "x".repeat(100_000);
        try (var journal = open()) {
            for (int i = 0; i < 200; i++) {
                var now = NOON.plusSeconds(i);
                journal.note(new DeliveryJournal.Memo(Map.of("n", i + large), now.plusSeconds(2)), now);
            }
            journal.await();
            assertThat(Files.size(folder.resolve("journal"))).isLessThan(6 << 20);
        }
        // Each start begins the file anew.
        open().close();
        try (var journal = open()) {
            var now = NOON.plusSeconds(200);
            journal.note(new DeliveryJournal.Memo(Map.of("n", "last"), now), now);
            assertThat(journal.memos())
                    .extracting(memo -> memo.content().get("n").replace("x", ""))
                    .containsExactly("198", "199", "last");
            assertThat(journal.open()).isEmpty();
        }
    }

    @Test
    void dead_letters_are_lines_of_json_in_a_file_that_makes_room() throws IOException {
        var letters = new DeadLetters();
        letters.keep(folder);
        var large = new DeadLetter(
                letter("big", "{}"), "arn:aws:sqs:us-east-1:000000000000:q", "NO_PERMISSIONS", "x".repeat(1 << 20), 3);
        for (int i = 0; i < 20; i++) {
            letters.add(large, NOON.plus(Duration.ofSeconds(i)));
        }
        var file = Files.readAllLines(folder.resolve("dead-letters.jsonl"));
        var before = Files.readAllLines(folder.resolve("dead-letters.1.jsonl"));
        assertThat(file.size() + before.size()).isBetween(10, 17);
        assertThat(file.getLast())
                .startsWith("{\"time\":\"2026-11-30T12:00:19Z\",\"errorCode\":\"NO_PERMISSIONS\"")
                .contains("\"queue\":\"arn:aws:sqs:us-east-1:000000000000:q\"", "\"id\":\"big\"");
        assertThat(letters.all()).hasSize(20);
        assertThat(List.of("dead-letters.jsonl", "dead-letters.1.jsonl"))
                .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
    }
}
