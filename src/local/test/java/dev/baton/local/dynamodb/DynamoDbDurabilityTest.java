package dev.baton.local.dynamodb;

import static dev.baton.local.dynamodb.DynamoDbWireTest.n;
import static dev.baton.local.dynamodb.DynamoDbWireTest.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.dynamodb.item.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// No write is lost: neither among others that are made at the same time, nor with the process.
class DynamoDbDurabilityTest {
    private static final int THREADS = 8;
    /// How often each thread increments; `-Dbaton.dynamodb.increments=10000` for the full number.
    private static final int INCREMENTS = Integer.getInteger("baton.dynamodb.increments", 40);

    @TempDir
    Path folder;

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", s(id));
    }

    private static void together(Callable<?> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var all = new ArrayList<Callable<Object>>();
            for (int i = 0; i < THREADS; i++) {
                all.add(() -> {
                    work.call();
                    return THREADS;
                });
            }
            for (var done : threads.invokeAll(all)) {
                assertThat(done.get()).isEqualTo(THREADS);
            }
        }
    }

    private static String value(DynamoDbClient db, String id) {
        return db.getItem(get -> get.tableName("Sums").key(key(id)).consistentRead(true))
                .item()
                .get("v")
                .n();
    }

    @Test
    void increments_under_a_condition_on_the_value_before_lose_none() throws Exception {
        try (var aws = EmbeddedAws.start();
                var clients = new Clients(aws);
                var db = clients.dynamoDb()) {
            db.createTable(create -> DynamoDbWireTest.table(create, "Sums"));
            db.putItem(put -> put.tableName("Sums").item(Map.of("id", s("sum"), "v", n("0"))));
            together(() -> {
                var seen = value(db, "sum");
                for (int made = 0; made < INCREMENTS; ) {
                    var before = seen;
                    var after = Long.toString(Long.parseLong(before) + 1);
                    try {
                        db.updateItem(update -> update.tableName("Sums")
                                .key(key("sum"))
                                .updateExpression("SET v = :after")
                                .conditionExpression("v = :before")
                                .expressionAttributeValues(Map.of(":before", n(before), ":after", n(after)))
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
                        made++;
                        seen = after;
                    } catch (ConditionalCheckFailedException e) {
                        seen = e.item().get("v").n();
                    }
                }
                return seen;
            });
            assertThat(value(db, "sum")).isEqualTo(Integer.toString(THREADS * INCREMENTS));
        }
    }

    /// What lies on the disk while the process goes on is what a kill would leave.
    private Path killed() throws IOException {
        var copy = Files.createTempDirectory(folder, "killed");
        try (var files = Files.walk(folder.resolve("data"))) {
            for (var file : files.toList()) {
                var to = copy.resolve(folder.resolve("data").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    @Test
    void what_was_answered_is_there_after_a_kill_and_a_transaction_is_there_as_a_whole() throws Exception {
        var answered = new AtomicInteger();
        var some = new CountDownLatch(60);
        Path left;
        int before;
        try (var aws = EmbeddedAws.builder().folder(folder.resolve("data")).start();
                var clients = new Clients(aws);
                var db = clients.dynamoDb()) {
            db.createTable(create -> DynamoDbWireTest.table(create, "Sums"));
            db.createTable(create -> DynamoDbWireTest.table(create, "Others"));
            var add = Map.of(":one", n("1"));
            try (var threads = Executors.newFixedThreadPool(THREADS)) {
                for (int i = 0; i < THREADS; i++) {
                    threads.submit(() -> {
                        for (int j = 0; j < 25; j++) {
                            db.transactWriteItems(t -> t.transactItems(
                                    item -> item.update(u -> u.tableName("Sums")
                                            .key(key("sum"))
                                            .updateExpression("ADD v :one")
                                            .expressionAttributeValues(add)),
                                    item -> item.update(u -> u.tableName("Others")
                                            .key(key("sum"))
                                            .updateExpression("ADD v :one")
                                            .expressionAttributeValues(add))));
                            answered.incrementAndGet();
                            some.countDown();
                        }
                    });
                }
                assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
                before = answered.get();
                left = killed();
            }
            assertThat(answered.get()).isEqualTo(THREADS * 25);
        }
        try (var aws = EmbeddedAws.builder().folder(left).start();
                var clients = new Clients(aws);
                var db = clients.dynamoDb()) {
            int sum = Integer.parseInt(value(db, "sum"));
            assertThat(sum).isGreaterThanOrEqualTo(before);
            assertThat(db.getItem(get -> get.tableName("Others").key(key("sum")))
                            .item()
                            .get("v")
                            .n())
                    .isEqualTo(Integer.toString(sum));
        }
    }

    @Test
    void a_journal_that_is_mostly_past_becomes_short_and_brings_nothing_back() throws Exception {
        var store = folder.resolve("store");
        var text = "x".repeat(380_000);
        var add = TransactWriteItemsRequest.builder()
                .clientRequestToken("token")
                .transactItems(item -> item.update(u -> u.tableName("Sums")
                        .key(key("once"))
                        .updateExpression("ADD v :one")
                        .expressionAttributeValues(Map.of(":one", n("1")))))
                .build();
        try (var aws = EmbeddedAws.builder().folder(store).start();
                var clients = new Clients(aws);
                var db = clients.dynamoDb()) {
            db.createTable(create -> DynamoDbWireTest.table(create, "Sums"));
            db.transactWriteItems(t -> t.transactItems(
                    item -> item.put(p -> p.tableName("Sums").item(Map.of("id", s("stays"), "v", n("1")))),
                    item -> item.put(p -> p.tableName("Sums").item(Map.of("id", s("goes"), "v", n("1"))))));
            db.deleteItem(d -> d.tableName("Sums").key(key("goes")));
            db.transactWriteItems(add);
            db.putItem(put -> put.tableName("Sums").item(Map.of("id", s("once"), "v", n("7"))));
            for (int i = 0; i < 30; i++) {
                var v = n("" + i);
                db.putItem(p -> p.tableName("Sums").item(Map.of("id", s("large"), "v", v, "t", s(text))));
            }
            // Compaction runs beside the writes; each of these may begin it.
            var journal = store.resolve("dynamodb").resolve("journal");
            for (int i = 0; i < 2_000 && Files.size(journal) > 8 << 20; i++) {
                db.putItem(p -> p.tableName("Sums").item(Map.of("id", s("small"), "v", n("1"))));
            }
            assertThat(Files.size(journal)).isLessThan(8 << 20);
        }
        try (var aws = EmbeddedAws.builder().folder(store).start();
                var clients = new Clients(aws);
                var db = clients.dynamoDb()) {
            db.transactWriteItems(add);
            assertThat(value(db, "once")).as("a transaction that was made").isEqualTo("7");
            assertThat(value(db, "stays")).isEqualTo("1");
            assertThat(value(db, "large")).isEqualTo("29");
            assertThat(db.getItem(get -> get.tableName("Sums").key(key("goes"))).hasItem())
                    .isFalse();
        }
    }

    private static ItemJournal.Entry put(long sequence, String value, ItemJournal.Token token) {
        return new ItemJournal.Entry(
                sequence,
                List.of(new ItemJournal.Change(
                        "t", Map.of("id", new Attribute.S("a"), "v", new Attribute.S(value)), false)),
                token);
    }

    @Test
    void of_a_transaction_whose_items_have_changed_its_token_stays_until_it_is_too_old() throws IOException {
        var noon = Instant.parse("2026-11-30T12:00:00Z");
        var token = new ItemJournal.Token("token", "digest", noon);
        var last = put(3, "now", null);
        try (var journal = new ItemJournal(folder)) {
            journal.append(put(1, "first", token));
            journal.append(put(2, "second", null));
            journal.append(last);
            for (var since : List.of(noon, noon.plusMillis(1))) {
                journal.compact(
                        (change, sequence) -> sequence == 3, change -> Map.of("id", new Attribute.S("a")), since);
                var told = new ArrayList<ItemJournal.Entry>();
                var copy = Files.createTempDirectory(folder, "copy");
                Files.copy(folder.resolve("journal"), copy.resolve("journal"));
                try (var again = new ItemJournal(copy)) {
                    again.replay(told::add);
                }
                var tokens = new ItemJournal.Entry(1, List.of(), token);
                assertThat(told).isEqualTo(since.equals(noon) ? List.of(tokens, last) : List.of(last));
            }
        }
    }
}
