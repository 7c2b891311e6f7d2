package dev.baton.local.dynamodb;

import static dev.baton.local.dynamodb.DynamoDbWireTest.n;
import static dev.baton.local.dynamodb.DynamoDbWireTest.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.AwsError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Several items at once, in batches and in transactions, as the SDK's own client sees them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbTransactionTest {
    private EmbeddedAws aws;
    private Clients clients;
    private DynamoDbClient db;

    @BeforeAll
    void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        db = clients.dynamoDb();
        db.createTable(create -> DynamoDbWireTest.table(create, "One"));
        db.createTable(create -> DynamoDbWireTest.table(create, "Two"));
    }

    @AfterAll
    void stop() {
        db.close();
        clients.close();
        aws.close();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", s(id));
    }

    private Map<String, AttributeValue> read(String table, String id) {
        return db.getItem(get -> get.tableName(table).key(key(id))).item();
    }

    private static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table).item(item).conditionExpression("attribute_not_exists(id)"))
                .build();
    }

    @Test
    void a_transaction_changes_all_of_its_items_or_none_and_says_which_one_was_at_fault() {
        db.putItem(put -> put.tableName("Two").item(Map.of("id", s("taken"), "by", s("ann"))));
        assertThatThrownBy(() -> db.transactWriteItems(t -> t.transactItems(
                        put("One", key("free")),
                        TransactWriteItem.builder()
                                .put(p -> p.tableName("Two")
                                        .item(key("taken"))
                                        .conditionExpression("attribute_not_exists(id)")
                                        .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                                .build())))
                .isInstanceOfSatisfying(TransactionCanceledException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Transaction cancelled, please refer cancellation reasons for specific reasons"
                                    + " [None, ConditionalCheckFailed]");
                    assertThat(e.cancellationReasons()).hasSize(2);
                    assertThat(e.cancellationReasons().getFirst().code()).isEqualTo("None");
                    var reason = e.cancellationReasons().getLast();
                    assertThat(reason.code()).isEqualTo("ConditionalCheckFailed");
                    assertThat(reason.message()).isEqualTo("The conditional request failed");
                    assertThat(reason.item()).containsEntry("by", s("ann"));
                });
        assertThat(read("One", "free")).isEmpty();
        db.transactWriteItems(t -> t.transactItems(
                put("One", key("free")),
                TransactWriteItem.builder()
                        .update(u -> u.tableName("Two")
                                .key(key("taken"))
                                .updateExpression("ADD times :n")
                                .expressionAttributeValues(Map.of(":n", n("2"))))
                        .build(),
                TransactWriteItem.builder()
                        .delete(d -> d.tableName("Two").key(key("none")))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(c ->
                                c.tableName("One").key(key("other")).conditionExpression("attribute_not_exists(id)"))
                        .build()));
        assertThat(read("One", "free")).isEqualTo(key("free"));
        assertThat(read("Two", "taken")).containsEntry("times", n("2"));
    }

    @Test
    void a_transaction_that_is_sent_twice_is_made_once() {
        var add = TransactWriteItem.builder()
                .update(u -> u.tableName("One")
                        .key(key("sum"))
                        .updateExpression("ADD amount :n")
                        .expressionAttributeValues(Map.of(":n", n("1"))))
                .build();
        for (int i = 0; i < 3; i++) {
            db.transactWriteItems(t -> t.clientRequestToken("token-1").transactItems(add));
        }
        db.transactWriteItems(t -> t.clientRequestToken("token-2").transactItems(add));
        assertThat(read("One", "sum")).containsEntry("amount", n("2"));
        assertThatThrownBy(() -> db.transactWriteItems(
                        t -> t.clientRequestToken("token-1").transactItems(put("One", key("x")))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void a_transaction_that_is_being_made_is_not_begun_again() {
        var tokens = new TransactionTokens(InstantSource.system());
        var token = new ItemJournal.Token("t", "digest", Instant.now());
        assertThat(tokens.begin(token)).isTrue();
        assertThatThrownBy(() -> tokens.begin(token))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("TransactionInProgressException"));
        tokens.end(token, false);
        assertThat(tokens.begin(token)).isTrue();
        tokens.end(token, true);
        assertThat(tokens.begin(token)).isFalse();
    }

    @Test
    void an_item_is_in_a_transaction_once() {
        assertThatThrownBy(() ->
                        db.transactWriteItems(t -> t.transactItems(put("One", key("twice")), put("One", key("twice")))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageStartingWith("Transaction request cannot include multiple operations on one item");
        assertThatThrownBy(() -> db.transactGetItems(t -> t.transactItems(
                        i -> i.get(g -> g.tableName("One").key(key("a"))),
                        i -> i.get(g -> g.tableName("One").key(key("a"))))))
                .hasMessageStartingWith("Transaction request cannot include multiple operations on one item");
    }

    @Test
    void several_items_are_read_in_the_order_that_they_were_asked_for() {
        db.putItem(put -> put.tableName("One").item(Map.of("id", s("read"), "a", n("1"), "b", n("2"))));
        var read = db.transactGetItems(t -> t.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .transactItems(
                        i -> i.get(g -> g.tableName("Two").key(key("nothing"))),
                        i -> i.get(g -> g.tableName("One").key(key("read")).projectionExpression("b"))));
        assertThat(read.responses().getFirst().hasItem()).isFalse();
        assertThat(read.responses().getLast().item()).isEqualTo(Map.of("b", n("2")));
        assertThat(read.consumedCapacity())
                .allSatisfy(used -> assertThat(used.capacityUnits()).isEqualTo(2.0));
    }

    @Test
    void a_batch_writes_and_reads_items_of_several_tables() {
        var writes = IntStream.range(0, 20)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(p -> p.item(Map.of("id", s("b" + i))))
                        .build())
                .toList();
        db.putItem(put -> put.tableName("Two").item(key("old")));
        var requests = new HashMap<String, List<WriteRequest>>();
        requests.put("One", writes);
        requests.put(
                "Two",
                List.of(WriteRequest.builder()
                        .deleteRequest(d -> d.key(key("old")))
                        .build()));
        assertThat(db.batchWriteItem(b -> b.requestItems(requests)).unprocessedItems())
                .isEmpty();
        assertThat(read("Two", "old")).isEmpty();
        var keys = IntStream.range(0, 21).mapToObj(i -> key("b" + i)).toList();
        var found = db.batchGetItem(b -> b.requestItems(
                Map.of("One", KeysAndAttributes.builder().keys(keys).build())));
        assertThat(found.responses().get("One")).hasSize(20);
        assertThat(found.unprocessedKeys()).isEmpty();
        assertThatThrownBy(() -> db.batchGetItem(b -> b.requestItems(Map.of(
                        "One",
                        KeysAndAttributes.builder().keys(key("a"), key("a")).build()))))
                .hasMessageStartingWith("Provided list of item keys contains duplicates");
        var many = IntStream.range(0, 26)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(p -> p.item(key("m" + i)))
                        .build())
                .toList();
        assertThatThrownBy(() -> db.batchWriteItem(b -> b.requestItems(Map.of("One", many))))
                .hasMessageContaining("Member must have length less than or equal to 25");
    }
}
