package dev.baton.local.dynamodb;

import static dev.baton.local.dynamodb.DynamoDbWireTest.n;
import static dev.baton.local.dynamodb.DynamoDbWireTest.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Queries and scans of tables and their indexes, as the SDK's own client sees them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbQueryTest {
    private static final String TABLE = "Trips";
    private EmbeddedAws aws;
    private Clients clients;
    private DynamoDbClient db;

    @BeforeAll
    void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        db = clients.dynamoDb();
        db.createTable(create -> create.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        a -> a.attributeName("bike").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("trip").attributeType(ScalarAttributeType.N),
                        a -> a.attributeName("port").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("length").attributeType(ScalarAttributeType.N))
                .keySchema(
                        k -> k.attributeName("bike").keyType(KeyType.HASH),
                        k -> k.attributeName("trip").keyType(KeyType.RANGE))
                .localSecondaryIndexes(i -> i.indexName("byLength")
                        .keySchema(
                                k -> k.attributeName("bike").keyType(KeyType.HASH),
                                k -> k.attributeName("length").keyType(KeyType.RANGE))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.KEYS_ONLY)
                                .build()))
                .globalSecondaryIndexes(i -> i.indexName("byPort")
                        .keySchema(
                                k -> k.attributeName("port").keyType(KeyType.HASH),
                                k -> k.attributeName("length").keyType(KeyType.RANGE))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes("note")
                                .build())));
        // Trips 1 to 10 of three bikes; every second one has a port.
        for (var bike : List.of("a", "b", "c")) {
            for (int trip = 1; trip <= 10; trip++) {
                var item = new HashMap<String, AttributeValue>();
                item.put("bike", s(bike));
                item.put("trip", n("" + trip));
                item.put("length", n("" + (100 - trip)));
                item.put("note", s("n" + trip));
                item.put("rest", s("r"));
                if (trip % 2 == 0) {
                    item.put("port", s("Ghent"));
                }
                db.putItem(put -> put.tableName(TABLE).item(item));
            }
        }
    }

    @AfterAll
    void stop() {
        db.close();
        clients.close();
        aws.close();
    }

    private QueryRequest.Builder query(String condition, Map<String, AttributeValue> values) {
        return QueryRequest.builder()
                .tableName(TABLE)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values);
    }

    private static List<String> trips(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.get("trip").n()).toList();
    }

    private List<String> trips(QueryRequest.Builder query) {
        return trips(db.query(query.build()).items());
    }

    @Test
    void a_query_finds_a_partition_in_the_order_of_the_sort_key_or_a_range_of_it() {
        var a = Map.of(":b", s("a"));
        assertThat(trips(query("bike = :b", a))).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(trips(query("bike = :b", a).scanIndexForward(false).limit(3)))
                .containsExactly("10", "9", "8");
        var from = Map.of(":b", s("a"), ":n", n("8"));
        assertThat(trips(query("bike = :b AND trip > :n", from))).containsExactly("9", "10");
        assertThat(trips(query(":n <= trip AND bike = :b", from))).containsExactly("8", "9", "10");
        assertThat(trips(query("bike = :b AND trip = :n", from))).containsExactly("8");
        assertThat(trips(query("bike = :b AND trip < :n", Map.of(":b", s("a"), ":n", n("3")))))
                .containsExactly("1", "2");
        assertThat(trips(query(
                        "(bike = :b) AND (trip BETWEEN :n AND :m)", Map.of(":b", s("a"), ":n", n("3"), ":m", n("5")))))
                .containsExactly("3", "4", "5");
        assertThat(trips(query("bike = :b", Map.of(":b", s("none"))))).isEmpty();
    }

    @Test
    void pages_follow_one_another_in_both_directions_until_nothing_is_left() {
        for (boolean forward : new boolean[] {true, false}) {
            var seen = new ArrayList<String>();
            Map<String, AttributeValue> start = null;
            int pages = 0;
            do {
                var page = db.query(query("bike = :b", Map.of(":b", s("b")))
                        .limit(4)
                        .scanIndexForward(forward)
                        .exclusiveStartKey(start)
                        .build());
                seen.addAll(trips(page.items()));
                start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
                pages++;
            } while (start != null);
            assertThat(pages).isEqualTo(3);
            assertThat(seen).hasSize(10).doesNotHaveDuplicates().startsWith(forward ? "1" : "10");
        }
        assertThat(db
                        .queryPaginator(query("bike = :b", Map.of(":b", s("b")))
                                .limit(3)
                                .build())
                        .items()
                        .stream())
                .hasSize(10);
    }

    @Test
    void a_filter_takes_from_what_was_read_and_the_number_can_be_all_that_is_told() {
        var page = db.query(query("bike = :b", Map.of(":b", s("a"), ":p", s("Ghent")))
                .filterExpression("port = :p")
                .limit(5)
                .build());
        assertThat(trips(page.items())).containsExactly("2", "4");
        assertThat(page.count()).isEqualTo(2);
        assertThat(page.scannedCount()).isEqualTo(5);
        var count = db.query(
                query("bike = :b", Map.of(":b", s("a"))).select(Select.COUNT).build());
        assertThat(count.count()).isEqualTo(10);
        assertThat(count.hasItems()).isFalse();
    }

    @Test
    void a_local_index_has_its_own_order_and_the_table_what_it_lacks() {
        var a = Map.of(":b", s("a"));
        var shortest =
                db.query(query("bike = :b", a).indexName("byLength").limit(2).build());
        assertThat(trips(shortest.items())).containsExactly("10", "9");
        assertThat(shortest.items().getFirst()).containsOnlyKeys("bike", "trip", "length");
        assertThat(shortest.lastEvaluatedKey()).containsOnlyKeys("bike", "trip", "length");
        var whole = db.query(query("bike = :b", a)
                .indexName("byLength")
                .limit(1)
                .select(Select.ALL_ATTRIBUTES)
                .build());
        assertThat(whole.items().getFirst()).containsKeys("note", "rest");
    }

    @Test
    void a_global_index_has_what_has_its_key_and_no_more_of_it_than_it_projects() {
        var ghent = Map.of(":p", s("Ghent"));
        var all = new ArrayList<Map<String, AttributeValue>>();
        db.queryPaginator(query("port = :p", ghent).indexName("byPort").limit(4).build())
                .items()
                .forEach(all::add);
        assertThat(all).hasSize(15).doesNotHaveDuplicates();
        assertThat(all.getFirst()).containsOnlyKeys("bike", "trip", "port", "length", "note");
        assertThat(all.stream().map(item -> Integer.parseInt(item.get("length").n())))
                .isSorted();
        assertThatThrownBy(() -> db.query(query("port = :p", ghent)
                        .indexName("byPort")
                        .consistentRead(true)
                        .build()))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageStartingWith("Consistent reads are not supported on global secondary indexes");
        assertThatThrownBy(() -> db.query(query("port = :p", ghent)
                        .indexName("byPort")
                        .projectionExpression("rest")
                        .build()))
                .hasMessageContaining("Global secondary index byPort does not project [rest]");
    }

    @Test
    void an_index_follows_what_becomes_of_items() {
        db.createTable(create -> DynamoDbWireTest.table(create, "Moved")
                .attributeDefinitions(
                        a -> a.attributeName("id").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("state").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexes(i -> i.indexName("byState")
                        .keySchema(k -> k.attributeName("state").keyType(KeyType.HASH))
                        .projection(p -> p.projectionType(ProjectionType.ALL))));
        db.putItem(put -> put.tableName("Moved").item(Map.of("id", s("1"), "state", s("new"))));
        assertThat(inState("new")).isEqualTo(1);
        db.updateItem(update -> update.tableName("Moved")
                .key(Map.of("id", s("1")))
                .updateExpression("SET #s = :s")
                .expressionAttributeNames(Map.of("#s", "state"))
                .expressionAttributeValues(Map.of(":s", s("old"))));
        assertThat(inState("new")).isZero();
        assertThat(inState("old")).isEqualTo(1);
        db.updateItem(update -> update.tableName("Moved")
                .key(Map.of("id", s("1")))
                .updateExpression("REMOVE #s")
                .expressionAttributeNames(Map.of("#s", "state")));
        assertThat(inState("old")).isZero();
        assertThatThrownBy(() -> db.putItem(put -> put.tableName("Moved").item(Map.of("id", s("2"), "state", n("1")))))
                .hasMessageContaining("Type mismatch for Index Key state Expected: S Actual: N IndexName: byState");
    }

    private int inState(String state) {
        return db.query(q -> q.tableName("Moved")
                        .indexName("byState")
                        .keyConditionExpression("#s = :s")
                        .expressionAttributeNames(Map.of("#s", "state"))
                        .expressionAttributeValues(Map.of(":s", s(state))))
                .count();
    }

    @Test
    void the_segments_of_a_scan_have_every_item_once() {
        var seen = new ArrayList<String>();
        var sizes = new TreeSet<Integer>();
        for (int segment = 0; segment < 3; segment++) {
            int number = segment;
            int before = seen.size();
            db.scanPaginator(scan -> scan.tableName(TABLE)
                            .segment(number)
                            .totalSegments(3)
                            .limit(4))
                    .items()
                    .forEach(item ->
                            seen.add(item.get("bike").s() + item.get("trip").n()));
            sizes.add(seen.size() - before);
        }
        assertThat(seen).hasSize(30).doesNotHaveDuplicates();
        assertThat(db.scan(scan -> scan.tableName(TABLE)).count()).isEqualTo(30);
        assertThat(db.scan(scan -> scan.tableName(TABLE).indexName("byPort")).count())
                .isEqualTo(15);
    }

    @Test
    void a_page_ends_at_a_megabyte_and_says_what_it_used() {
        db.createTable(create -> DynamoDbWireTest.table(create, "Large"));
        var text = "x".repeat(300_000);
        IntStream.range(0, 5)
                .forEach(i -> db.putItem(put -> put.tableName("Large").item(Map.of("id", s("" + i), "t", s(text)))));
        var first = db.scan(scan -> scan.tableName("Large").returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(first.count()).isEqualTo(4);
        assertThat(first.hasLastEvaluatedKey()).isTrue();
        // 4 x 300,003 bytes are 293 times 4 KB, and half a unit each.
        assertThat(first.consumedCapacity().capacityUnits()).isEqualTo(146.5);
        var second = db.scan(scan -> scan.tableName("Large").exclusiveStartKey(first.lastEvaluatedKey()));
        assertThat(second.count()).isEqualTo(1);
        assertThat(second.hasLastEvaluatedKey()).isFalse();
    }
}
