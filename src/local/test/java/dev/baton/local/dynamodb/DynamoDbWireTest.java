package dev.baton.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// DynamoDB as the SDK's own client sees it: tables and single items.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbWireTest {
    private EmbeddedAws aws;
    private Clients clients;
    private DynamoDbClient db;

    @BeforeAll
    void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        db = clients.dynamoDb();
    }

    @AfterAll
    void stop() {
        db.close();
        clients.close();
        aws.close();
    }

    static CreateTableRequest.Builder table(CreateTableRequest.Builder create, String name) {
        return create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH));
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }

    @Test
    void a_table_is_there_as_soon_as_it_is_made_and_gone_as_soon_as_it_is_deleted() {
        var made = db.createTable(
                        create -> table(create, "Rides").tags(t -> t.key("team").value("tours")))
                .tableDescription();
        assertThat(made.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(made.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Rides");
        assertThat(db.describeTable(d -> d.tableName("Rides")).table()).isEqualTo(made);
        assertThat(db.describeTable(d -> d.tableName(made.tableArn())).table()).isEqualTo(made);
        assertThatThrownBy(() -> db.createTable(create -> table(create, "Rides")))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageStartingWith("Table already exists: Rides");
        assertThat(db.listTables().tableNames()).contains("Rides");
        assertThat(db.deleteTable(d -> d.tableName("Rides")).tableDescription().tableStatus())
                .isEqualTo(TableStatus.DELETING);
        assertThatThrownBy(() -> db.describeTable(d -> d.tableName("Rides")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("Requested resource not found: Table: Rides not found");
    }

    @Test
    void an_item_is_read_as_it_was_written_whatever_its_types() {
        db.createTable(create -> table(create, "Kinds"));
        var item = Map.of(
                "id", s("1"),
                "text", s("Ghent \uD83D\uDEB2"),
                "number", n("12.5"),
                "bytes", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})),
                "flag", AttributeValue.fromBool(false),
                "nothing", AttributeValue.fromNul(true),
                "list", AttributeValue.fromL(List.of(s("a"), n("1"))),
                "map", AttributeValue.fromM(Map.of("in", AttributeValue.fromM(Map.of()))),
                "texts", AttributeValue.fromSs(List.of("a", "b")),
                "numbers", AttributeValue.fromNs(List.of("1", "2")));
        db.putItem(put -> put.tableName("Kinds").item(item));
        assertThat(db.getItem(get -> get.tableName("Kinds").key(Map.of("id", s("1"))))
                        .item())
                .isEqualTo(item);
        assertThat(db.getItem(get -> get.tableName("Kinds").key(Map.of("id", s("2"))))
                        .hasItem())
                .isFalse();
    }

    @Test
    void a_write_happens_where_its_condition_holds_and_else_says_what_is_there() {
        db.createTable(create -> table(create, "Claims"));
        var item = Map.of("id", s("1"), "owner", s("a"));
        db.putItem(put -> put.tableName("Claims").item(item).conditionExpression("attribute_not_exists(id)"));
        assertThatThrownBy(() -> db.putItem(put -> put.tableName("Claims")
                        .item(Map.of("id", s("1"), "owner", s("b")))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failure -> {
                    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
                    assertThat(failure.item()).isEqualTo(item);
                });
        var updated = db.updateItem(update -> update.tableName("Claims")
                .key(Map.of("id", s("1")))
                .updateExpression("SET #o = :b, times = if_not_exists(times, :none) + :one")
                .conditionExpression("#o = :a")
                .expressionAttributeNames(Map.of("#o", "owner"))
                .expressionAttributeValues(Map.of(":a", s("a"), ":b", s("b"), ":none", n("0"), ":one", n("1")))
                .returnValues(ReturnValue.UPDATED_NEW));
        assertThat(updated.attributes()).isEqualTo(Map.of("owner", s("b"), "times", n("1")));
        var deleted = db.deleteItem(
                delete -> delete.tableName("Claims").key(Map.of("id", s("1"))).returnValues(ReturnValue.ALL_OLD));
        assertThat(deleted.attributes()).containsEntry("owner", s("b"));
        assertThat(db.deleteItem(delete -> delete.tableName("Claims").key(Map.of("id", s("1"))))
                        .attributes())
                .isEmpty();
    }

    @Test
    void tables_and_items_are_there_after_a_restart(@TempDir Path folder) {
        try (var first = EmbeddedAws.builder().folder(folder).start();
                var theirs = new Clients(first);
                var client = theirs.dynamoDb()) {
            client.createTable(create -> table(create, "Kept"));
            for (int i = 0; i < 5; i++) {
                var id = s("" + i);
                client.putItem(put -> put.tableName("Kept").item(Map.of("id", id, "v", n("1"))));
            }
            client.deleteItem(delete -> delete.tableName("Kept").key(Map.of("id", s("3"))));
        }
        try (var second = EmbeddedAws.builder().folder(folder).start();
                var theirs = new Clients(second);
                var client = theirs.dynamoDb()) {
            var table = client.describeTable(d -> d.tableName("Kept")).table();
            assertThat(table.itemCount()).isEqualTo(4);
            assertThat(client.getItem(get -> get.tableName("Kept").key(Map.of("id", s("4"))))
                            .item())
                    .containsEntry("v", n("1"));
        }
    }

    @Test
    void what_a_table_is_can_be_changed_while_it_has_items() {
        db.createTable(create -> table(create, "Changed"));
        db.putItem(put -> put.tableName("Changed").item(Map.of("id", s("1"), "port", s("Ghent"))));
        db.updateTable(update -> update.tableName("Changed")
                .attributeDefinitions(a -> a.attributeName("port").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexUpdates(g -> g.create(c -> c.indexName("byPort")
                        .keySchema(k -> k.attributeName("port").keyType(KeyType.HASH))
                        .projection(p -> p.projectionType(ProjectionType.ALL)))));
        assertThat(db.scan(scan -> scan.tableName("Changed").indexName("byPort"))
                        .count())
                .isEqualTo(1);
        db.updateTable(update -> update.tableName("Changed")
                .globalSecondaryIndexUpdates(g -> g.delete(d -> d.indexName("byPort")))
                .deletionProtectionEnabled(true));
        var described = db.describeTable(d -> d.tableName("Changed")).table();
        assertThat(described.hasGlobalSecondaryIndexes()).isFalse();
        assertThat(described.attributeDefinitions()).hasSize(1);
        assertThatThrownBy(() -> db.deleteTable(d -> d.tableName("Changed")))
                .hasMessageContaining("Resource cannot be deleted as it is currently protected against deletion");
        db.tagResource(t ->
                t.resourceArn(described.tableArn()).tags(tag -> tag.key("a").value("b")));
        assertThat(db.listTagsOfResource(t -> t.resourceArn(described.tableArn()))
                        .tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("b"));
        db.untagResource(t -> t.resourceArn(described.tableArn()).tagKeys("a"));
        assertThat(db.listTagsOfResource(t -> t.resourceArn(described.tableArn()))
                        .tags())
                .isEmpty();
    }

    @Test
    void what_has_expired_goes_with_a_write_that_follows() {
        var offset = new AtomicReference<>(Duration.ZERO);
        var clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(offset.get());
            }
        };
        try (var timed = EmbeddedAws.builder().clock(clock).start();
                var theirs = new Clients(timed);
                var client = theirs.dynamoDb()) {
            client.createTable(create -> table(create, "Short"));
            client.updateTimeToLive(u -> u.tableName("Short")
                    .timeToLiveSpecification(t -> t.attributeName("until").enabled(true)));
            assertThat(client.describeTimeToLive(d -> d.tableName("Short"))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("until");
            var soon = n("" + Instant.now().plusSeconds(60).getEpochSecond());
            var later = n("" + Instant.now().plusSeconds(3_600).getEpochSecond());
            client.putItem(put -> put.tableName("Short").item(Map.of("id", s("soon"), "until", soon)));
            client.putItem(put -> put.tableName("Short").item(Map.of("id", s("later"), "until", later)));
            client.putItem(put -> put.tableName("Short").item(Map.of("id", s("always"), "until", s("x"))));
            offset.set(Duration.ofMinutes(3));
            assertThat(client.scan(scan -> scan.tableName("Short")).count()).isEqualTo(3);
            client.putItem(put -> put.tableName("Short").item(Map.of("id", s("another"))));
            assertThat(client.scan(scan -> scan.tableName("Short")).items())
                    .extracting(item -> item.get("id").s())
                    .containsExactlyInAnyOrder("later", "always", "another");
        }
    }
}
