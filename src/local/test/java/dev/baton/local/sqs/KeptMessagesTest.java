package dev.baton.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/// Messages in a folder: what was answered is there when the process was killed at that moment, and the journal does not
/// grow with what is gone.
class KeptMessagesTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    Path temp;

    /// The folder as a kill would leave it: its files as they are on the disk now.
    private Path killed(Path folder) throws IOException {
        return killed(folder, "");
    }

    /// @param within where in the copy
    private Path killed(Path folder, String within) throws IOException {
        var killed = Files.createTempDirectory(temp, "killed");
        var copy = killed.resolve(within);
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                var to = copy.resolve(folder.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return killed;
    }

    /// What a queue would give now: bodies with the count of their receipts.
    private static Map<String, String> content(Path folder, String queue) {
        var content = new TreeMap<String, String>();
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var sqs = SqsWireTest.administrator(aws)) {
            var url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
            for (var got = sqs.receiveMessage(r -> all(r.queueUrl(url))); got.hasMessages(); ) {
                got.messages()
                        .forEach(message -> content.put(
                                message.body(),
                                message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)));
                got = sqs.receiveMessage(r -> all(r.queueUrl(url)));
            }
        }
        return content;
    }

    private static void all(ReceiveMessageRequest.Builder request) {
        request.maxNumberOfMessages(10)
                .visibilityTimeout(600)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL);
    }

    @Test
    void what_was_answered_is_there_after_a_kill() throws IOException {
        var folder = temp.resolve("data");
        try (var aws = EmbeddedAws.builder().folder(folder).start();
                var sqs = SqsWireTest.administrator(aws)) {
            var dead = sqs.createQueue(r -> r.queueName("dead")).queueUrl();
            var url = sqs.createQueue(r -> r.queueName("kept")
                            .attributes(Map.of(
                                    QueueAttributeName.REDRIVE_POLICY,
                                    "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\","
                                            + "\"maxReceiveCount\":2}")))
                    .queueUrl();
            for (var body : new String[] {"a", "b", "c", "d"}) {
                sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
            }
            var a = sqs.receiveMessage(r -> r.queueUrl(url)).messages().getFirst();
            sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(a.receiptHandle()));
            sqs.receiveMessage(r -> r.queueUrl(url));
            assertThat(content(killed(folder), "kept")).containsOnlyKeys("c", "d");
            for (int i = 0; i < 2; i++) {
                sqs.receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0));
            }
            assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
            assertThat(content(killed(folder), "dead")).isEqualTo(Map.of("c", "3"));
        }
    }

    @Test
    void the_journal_is_begun_anew_without_what_is_gone_and_loses_nothing() throws IOException {
        var time = new VirtualScheduler(NOON);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        var journal = new MessageJournal(time::now, 5_000);
        var attributes = QueueAttributes.of(Map.of());
        var queue = new MessageQueue(1, "arn:q", attributes, time, journal, (arn, source) -> null);
        journal.keep(temp, (number, message) -> queue.has(message), said -> {});
        var there = new TreeSet<String>();
        var file = temp.resolve("sqs").resolve("journal");
        for (int i = 0; i < 1_000; i++) {
            queue.send(NewMessage.of(i + " " + "x".repeat(100)), "m" + i, "me");
            there.add("m" + i);
            if (random.nextInt(20) > 0) {
                for (var got : queue.receive(new MessageQueue.Receiving(1, Duration.ofHours(1), Duration.ZERO, null))
                        .join()) {
                    queue.delete(got.receiptHandle());
                    there.remove(got.message().id());
                }
            }
            if (i % 10 == 0) {
                journal.await();
            }
        }
        journal.close();
        assertThat(Files.size(file)).isLessThan(250_000);
        var kept = new TreeSet<String>();
        try (var again = new MessageJournal(time::now)) {
            again.keep(temp, (number, message) -> true, said -> {})
                    .messages()
                    .forEach(each -> kept.add(each.message().id()));
        }
        assertThat(kept).isEqualTo(there).isNotEmpty();
    }

    /// A queue of FIFO whose messages are kept.
    private MessageQueue fifo(VirtualScheduler time, MessageJournal journal) throws IOException {
        var queue = new MessageQueue(
                1, "arn:q", QueueAttributes.of(Map.of("FifoQueue", "true")), time, journal, (arn, source) -> null);
        journal.keep(temp, (number, message) -> queue.has(message), said -> {});
        return queue;
    }

    private MessageJournal.Content kept(Path folder, Supplier<Instant> now) throws IOException {
        try (var again = new MessageJournal(now)) {
            return again.keep(folder, (number, message) -> true, said -> {});
        }
    }

    private static List<String> ids(List<MessageJournal.Kept> messages) {
        return messages.stream().map(each -> each.message().id()).toList();
    }

    @Test
    void a_purged_message_does_not_come_back_and_its_duplicates_are_known() throws IOException {
        var time = new VirtualScheduler(NOON);
        try (var journal = new MessageJournal(time::now)) {
            var queue = fifo(time, journal);
            queue.send(NewMessage.of("a").in("g", "a"), "purged", "me");
            time.advance(Duration.ofMinutes(1));
            queue.purge();
            queue.send(NewMessage.of("b").in("g", "b"), "later", "me");
            for (int i = 0; i < 2; i++) {
                journal.compact();
                var content = kept(killed(temp.resolve("sqs"), "sqs"), time::now);
                assertThat(ids(content.messages())).containsExactly("later");
                assertThat(ids(content.sent())).containsExactly("purged");
            }
            time.advance(Duration.ofMinutes(5));
            journal.compact();
            assertThat(new String(Files.readAllBytes(temp.resolve("sqs").resolve("journal")), StandardCharsets.UTF_8))
                    .as("nothing tells of what is gone for longer than duplicates are known")
                    .doesNotContain("purged");
        }
    }

    @Test
    void a_deleted_message_does_not_come_back_where_it_gets_too_old_for_duplicates_meanwhile() throws IOException {
        var time = new VirtualScheduler(NOON);
        // As time passes while records are looked at.
        Supplier<Instant> passing = () -> {
            time.advance(Duration.ofMillis(1));
            return time.now();
        };
        try (var journal = new MessageJournal(passing)) {
            var queue = fifo(time, journal);
            queue.send(NewMessage.of("a").in("g", "a"), "deleted", "me");
            queue.receive(new MessageQueue.Receiving(1, Duration.ofHours(1), Duration.ZERO, null))
                    .join()
                    .forEach(got -> queue.delete(got.receiptHandle()));
            time.advance(SentBefore.WINDOW.minusMillis(2));
            journal.compact();
        }
        assertThat(kept(temp, time::now).messages()).isEmpty();
    }

    /// Queues that give their dead letters to one another, kept in one journal.
    private MessageQueue[] sourceAndTarget(VirtualScheduler time, MessageJournal journal) throws IOException {
        var queues = new MessageQueue[2];
        var redrive = QueueAttributes.of(Map.of(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\",\"maxReceiveCount\":1}"));
        queues[0] = new MessageQueue(1, "arn:q", redrive, time, journal, (arn, source) -> queues[1]);
        queues[1] = new MessageQueue(2, "arn:dead", QueueAttributes.of(Map.of()), time, journal, (arn, source) -> null);
        journal.keep(temp, (number, message) -> queues[number.intValue() - 1].has(message), said -> {});
        return queues;
    }

    private static MessageQueue.Receiving one(int patience) {
        return new MessageQueue.Receiving(1, Duration.ofSeconds(10), Duration.ofSeconds(patience), null);
    }

    @Test
    void a_dead_letter_outlives_a_kill_while_it_is_in_neither_queue() throws IOException {
        var time = new VirtualScheduler(NOON);
        var left = new ArrayList<List<String>>();
        var between = new AtomicInteger(-1);
        try (var journal = new MessageJournal(time::now)) {
            var queues = sourceAndTarget(time, journal);
            queues[0].send(new NewMessage("first", Map.of(), null, 10, null, null), "first", "me");
            queues[0].send(NewMessage.of("dead"), "dead", "me");
            queues[0].receive(one(0)).join();
            // The first receiver is answered before the message that the second was not given is brought away.
            queues[0].receive(one(20)).thenRun(() -> {
                journal.compact();
                try {
                    left.add(ids(
                            kept(killed(temp.resolve("sqs"), "sqs"), time::now).messages()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                between.set(queues[1].counts().available());
            });
            queues[0].receive(one(20));
            time.advance(Duration.ofSeconds(10));
            journal.compact();
            assertThat(kept(killed(temp.resolve("sqs"), "sqs"), time::now).messages())
                    .extracting(each -> each.message().id() + " in " + each.queue())
                    .containsExactlyInAnyOrder("first in 1", "dead in 2");
        }
        assertThat(between).as("it was not brought yet").hasValue(0);
        assertThat(left).hasSize(1);
        assertThat(left.getFirst()).containsExactlyInAnyOrder("first", "dead");
    }

    @Test
    void a_message_that_a_task_moves_outlives_a_kill_while_it_is_in_neither_queue() throws IOException {
        var time = new VirtualScheduler(NOON);
        try (var journal = new MessageJournal(time::now)) {
            var queues = sourceAndTarget(time, journal);
            queues[1].send(NewMessage.of("a"), "moved", "me");
            var away = queues[1].takeAway(10);
            journal.compact();
            assertThat(ids(kept(killed(temp.resolve("sqs"), "sqs"), time::now).messages()))
                    .containsExactly("moved");
            assertThat(queues[1].move(away.getFirst(), queues[0])).isTrue();
            journal.compact();
            assertThat(kept(killed(temp.resolve("sqs"), "sqs"), time::now).messages())
                    .extracting(MessageJournal.Kept::queue)
                    .containsExactly(1L);
        }
    }
}
