package dev.baton.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.local.http.AwsError;
import dev.baton.local.sqs.MessageQueue.Receiving;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// A queue under virtual time: days pass at once, and nothing happens but by its clock.
class MessageQueueTest {
    private final VirtualScheduler time = new VirtualScheduler(Instant.parse("2026-11-30T12:00:00Z"));
    private int sent;

    private MessageQueue queue(String... namesAndValues) {
        var given = new TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new MessageQueue(
                1, "arn:q", QueueAttributes.of(given), time, new MessageJournal(time::now), (arn, source) -> null);
    }

    private void send(MessageQueue queue, String body) {
        queue.send(NewMessage.of(body), "m" + sent++, "me");
    }

    private void send(MessageQueue queue, String body, String group) {
        queue.send(NewMessage.of(body).in(group, body), "m" + sent++, "me");
    }

    private static CompletableFuture<List<ReceivedMessage>> receive(MessageQueue queue, int most, int seconds) {
        return queue.receive(new Receiving(most, queue.attributes().visibility(), Duration.ofSeconds(seconds), null));
    }

    private static List<ReceivedMessage> now(MessageQueue queue, int most) {
        return receive(queue, most, 0).join();
    }

    private static List<String> bodies(List<ReceivedMessage> messages) {
        return messages.stream().map(each -> each.message().content().body()).toList();
    }

    @Test
    void a_message_is_hidden_for_as_long_as_the_queue_says_and_to_the_second() {
        var queue = queue("VisibilityTimeout", "30");
        send(queue, "a");
        assertThat(bodies(now(queue, 1))).containsExactly("a");
        time.advance(Duration.ofMillis(29_999));
        assertThat(now(queue, 1)).isEmpty();
        time.advance(Duration.ofMillis(1));
        var again = now(queue, 1).getFirst();
        assertThat(again.receiveCount()).isEqualTo(2);
        assertThat(again.firstReceived()).isEqualTo("2026-11-30T12:00:00Z");
        queue.changeVisibility(again.receiptHandle(), Duration.ofHours(12));
        time.advance(Duration.ofHours(11));
        assertThat(now(queue, 1)).isEmpty();
        time.advance(Duration.ofHours(1));
        assertThat(now(queue, 1)).hasSize(1);
    }

    @Test
    void an_old_receipt_deletes_nothing_and_the_newest_does_even_when_it_has_lapsed() {
        var queue = queue("VisibilityTimeout", "30");
        send(queue, "a");
        var first = now(queue, 1).getFirst();
        time.advance(Duration.ofSeconds(30));
        var second = now(queue, 1).getFirst();
        queue.delete(first.receiptHandle());
        assertThat(queue.counts()).isEqualTo(new MessageQueue.Counts(0, 1, 0));
        time.advance(Duration.ofSeconds(30));
        queue.delete(second.receiptHandle());
        assertThat(queue.counts()).isEqualTo(new MessageQueue.Counts(0, 0, 0));
        var fifo = queue("FifoQueue", "true", "VisibilityTimeout", "30");
        send(fifo, "a", "g");
        var lapsed = now(fifo, 1).getFirst();
        time.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> fifo.delete(lapsed.receiptHandle()))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("The receipt handle has expired");
    }

    @Test
    void a_receiver_hears_at_once_of_what_is_sent_and_of_what_becomes_visible_and_of_the_end_of_its_wait() {
        var queue = queue("VisibilityTimeout", "5");
        var first = receive(queue, 1, 20);
        var second = receive(queue, 1, 20);
        send(queue, "a");
        assertThat(bodies(first.join())).containsExactly("a");
        assertThat(second).isNotDone();
        time.advance(Duration.ofSeconds(5));
        assertThat(second).isCompleted();
        assertThat(bodies(second.join())).containsExactly("a");
        var third = receive(queue, 1, 4);
        time.advance(Duration.ofMillis(3_999));
        assertThat(third).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(third).isCompleted();
        assertThat(third.join()).isEmpty();
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void a_delayed_message_comes_when_its_delay_is_over() {
        var queue = queue("DelaySeconds", "10");
        send(queue, "a");
        assertThat(queue.counts()).isEqualTo(new MessageQueue.Counts(0, 0, 1));
        var waiting = receive(queue, 1, 20);
        time.advance(Duration.ofSeconds(9));
        assertThat(waiting).isNotDone();
        time.advance(Duration.ofSeconds(1));
        assertThat(waiting).isCompleted();
        assertThat(bodies(waiting.join())).containsExactly("a");
    }

    @Test
    void a_message_is_gone_when_it_is_too_old() {
        var queue = queue("MessageRetentionPeriod", "60");
        send(queue, "a");
        time.advance(Duration.ofSeconds(60));
        assertThat(queue.counts().available()).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        assertThat(now(queue, 1)).isEmpty();
        assertThat(queue.counts().available()).isZero();
    }

    @Test
    void duplicates_are_known_for_five_minutes() {
        var queue = queue("FifoQueue", "true");
        send(queue, "a", "g");
        now(queue, 1).forEach(each -> queue.delete(each.receiptHandle()));
        time.advance(Duration.ofMillis(299_999));
        send(queue, "a", "g");
        assertThat(now(queue, 1)).isEmpty();
        time.advance(Duration.ofMillis(1));
        send(queue, "a", "g");
        assertThat(now(queue, 1)).hasSize(1);
    }

    @Test
    void the_same_attempt_gets_the_same_messages_until_they_are_deleted() {
        var queue = queue("FifoQueue", "true");
        send(queue, "a", "g");
        var receiving = new Receiving(1, Duration.ofSeconds(30), Duration.ZERO, "attempt");
        var first = queue.receive(receiving).join();
        time.advance(Duration.ofSeconds(20));
        assertThat(queue.receive(receiving).join()).isEqualTo(first);
        time.advance(Duration.ofSeconds(20));
        queue.delete(first.getFirst().receiptHandle());
        assertThat(queue.receive(receiving).join()).isEmpty();
    }

    private MessageQueue deleted() {
        var queue = queue("FifoQueue", "true");
        queue.close();
        return queue;
    }

    @Test
    void a_dead_letter_stays_where_it_is_when_its_queue_is_deleted_meanwhile() {
        var dead = new ArrayDeque<>(List.of(deleted()));
        var redrive = "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d.fifo\",\"maxReceiveCount\":1}";
        var queue = new MessageQueue(
                1,
                "arn:q",
                QueueAttributes.of(Map.of("FifoQueue", "true", "VisibilityTimeout", "10", "RedrivePolicy", redrive)),
                time,
                new MessageJournal(time::now),
                (arn, source) -> dead.poll());
        send(queue, "a", "g");
        now(queue, 1);
        var waiting = receive(queue, 1, 20);
        var next = receive(queue, 1, 20);
        time.advance(Duration.ofSeconds(10));
        assertThat(dead).as("was asked for").isEmpty();
        assertThat(queue.counts()).isEqualTo(new MessageQueue.Counts(0, 1, 0));
        assertThat(waiting).isCompleted();
        assertThat(waiting.join().getFirst().receiveCount()).isEqualTo(2);
        next.cancel(false);
    }

    @Test
    void a_message_that_no_queue_takes_is_in_its_place_again_unless_it_was_purged() {
        var queue = queue("FifoQueue", "true");
        send(queue, "a", "g");
        send(queue, "b", "g");
        var away = queue.takeAway(1).getFirst();
        assertThat(queue.move(away, deleted())).isFalse();
        assertThat(bodies(now(queue, 10))).containsExactly("a", "b");
        time.advance(Duration.ofSeconds(30));
        away = queue.takeAway(1).getFirst();
        queue.purge();
        assertThat(queue.move(away, deleted())).isFalse();
        assertThat(queue.counts()).isEqualTo(new MessageQueue.Counts(0, 0, 0));
    }

    /// Consumers that take, delete and let lapse at random, and what each group was like when it was all over.
    @Test
    void a_group_keeps_its_order_whatever_eight_consumers_do() {
        for (long seed = 0; seed < 50; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var queue = queue("FifoQueue", "true", "VisibilityTimeout", "10");
            var expected = new TreeMap<String, List<String>>();
            for (int i = 0; i < 100; i++) {
                var group = "g" + random.nextInt(5);
                send(queue, seed + "-" + i, group);
                expected.computeIfAbsent(group, g -> new ArrayList<>()).add(seed + "-" + i);
            }
            var deleted = new TreeMap<String, List<String>>();
            var inFlight = new TreeMap<String, Integer>();
            while (queue.counts().available() + queue.counts().inFlight() > 0) {
                for (int consumer = 0; consumer < 8; consumer++) {
                    var got = now(queue, 1 + random.nextInt(10));
                    var groups = new TreeMap<String, Integer>();
                    got.forEach(each -> groups.merge(each.message().content().groupId(), 1, Integer::sum));
                    assertThat(groups.keySet()).as("seed %d", seed).noneMatch(inFlight::containsKey);
                    boolean lapses = random.nextInt(4) == 0;
                    for (var each : got) {
                        if (lapses) {
                            inFlight.merge(each.message().content().groupId(), 1, Integer::sum);
                        } else {
                            queue.delete(each.receiptHandle());
                            deleted.computeIfAbsent(each.message().content().groupId(), g -> new ArrayList<>())
                                    .add(each.message().content().body());
                        }
                    }
                }
                time.advance(Duration.ofSeconds(10));
                inFlight.clear();
            }
            assertThat(deleted).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void two_thousand_receivers_that_wait_take_no_platform_thread_each()
            throws ExecutionException, InterruptedException {
        var queue = queue();
        var threads = ManagementFactory.getThreadMXBean();
        int before = threads.getThreadCount();
        var waiting = new ArrayList<Future<List<ReceivedMessage>>>();
        for (int i = 0; i < 2_000; i++) {
            waiting.add(receive(queue, 1, 20));
        }
        assertThat(queue.waiting()).isEqualTo(2_000);
        assertThat(threads.getThreadCount() - before).isLessThan(20);
        for (int i = 0; i < 2_000; i++) {
            send(queue, "m" + i);
        }
        var got = new TreeMap<String, Integer>();
        for (var each : waiting) {
            each.get().forEach(message -> got.merge(message.message().content().body(), 1, Integer::sum));
        }
        assertThat(got).hasSize(2_000).doesNotContainValue(2);
    }
}
