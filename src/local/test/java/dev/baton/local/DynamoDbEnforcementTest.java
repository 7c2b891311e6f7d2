package dev.baton.local;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What the actions of DynamoDB ask leave for.
class DynamoDbEnforcementTest extends EnforcementTable {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Trips";
    private static final Map<String, AttributeValue> KEY = Map.of("bike", AttributeValue.fromS("a"));
    private static final Map<String, AttributeValue> VALUE = Map.of(":v", AttributeValue.fromS("a"));

    @BeforeAll
    void table() {
        dynamoDb.createTable(create -> create.tableName("Trips")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        a -> a.attributeName("bike").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("port").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("bike").keyType(KeyType.HASH))
                .globalSecondaryIndexes(i -> i.indexName("byPort")
                        .keySchema(k -> k.attributeName("port").keyType(KeyType.HASH))
                        .projection(p -> p.projectionType(ProjectionType.ALL))));
    }

    static List<Row> rows() {
        var ofA = TABLE + " dynamodb:LeadingKeys=[a] dynamodb:Attributes=[bike]";
        return List.of(
                Row.of(
                        "CreateTable with tags",
                        t -> t.dynamoDb.createTable(create -> create.tableName("Made")
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                                .tags(tag -> tag.key("team").value("red"))),
                        "dynamodb:CreateTable " + TABLE.replace("Trips", "Made")
                                + " aws:RequestTag/team=[red] aws:TagKeys=[team]",
                        "dynamodb:TagResource " + TABLE.replace("Trips", "Made")
                                + " aws:RequestTag/team=[red] aws:TagKeys=[team]"),
                Row.of(
                        "DescribeTable of none",
                        t -> t.dynamoDb.describeTable(r -> r.tableName("None")),
                        "dynamodb:DescribeTable " + TABLE.replace("Trips", "None")),
                Row.of("ListTables", t -> t.dynamoDb.listTables(), "dynamodb:ListTables *"),
                Row.of(
                        "PutItem",
                        t -> t.dynamoDb.putItem(r -> r.tableName("Trips").item(KEY)),
                        "dynamodb:PutItem " + ofA),
                Row.of(
                        "PutItem with a condition",
                        t -> t.dynamoDb.putItem(r -> r.tableName("Trips")
                                .item(KEY)
                                .conditionExpression("attribute_not_exists(port)")
                                .returnValues(ReturnValue.ALL_OLD)),
                        "dynamodb:PutItem " + TABLE + " dynamodb:LeadingKeys=[a] dynamodb:Attributes=[bike, port]"
                                + " dynamodb:ReturnValues=[ALL_OLD]"),
                Row.of(
                        "PutItem by ARN into none",
                        t -> t.dynamoDb.putItem(
                                r -> r.tableName(TABLE.replace("Trips", "None")).item(KEY)),
                        "dynamodb:PutItem " + TABLE.replace("Trips", "None") + " dynamodb:Attributes=[bike]"),
                Row.of(
                        "GetItem",
                        t -> t.dynamoDb.getItem(r -> r.tableName("Trips").key(KEY)),
                        "dynamodb:GetItem " + ofA + " dynamodb:Select=[ALL_ATTRIBUTES]"),
                Row.of(
                        "GetItem of some attributes",
                        t -> t.dynamoDb.getItem(
                                r -> r.tableName("Trips").key(KEY).projectionExpression("port, bike")),
                        "dynamodb:GetItem " + TABLE + " dynamodb:LeadingKeys=[a] dynamodb:Attributes=[bike, port]"
                                + " dynamodb:Select=[SPECIFIC_ATTRIBUTES]"),
                Row.of(
                        "UpdateItem",
                        t -> t.dynamoDb.updateItem(r -> r.tableName("Trips")
                                .key(KEY)
                                .updateExpression("SET port = :v REMOVE note")
                                .expressionAttributeValues(VALUE)),
                        "dynamodb:UpdateItem " + TABLE
                                + " dynamodb:LeadingKeys=[a] dynamodb:Attributes=[bike, note, port]"),
                Row.of(
                        "DeleteItem",
                        t -> t.dynamoDb.deleteItem(r -> r.tableName("Trips").key(KEY)),
                        "dynamodb:DeleteItem " + ofA),
                Row.of(
                        "Query",
                        t -> t.dynamoDb.query(r -> r.tableName("Trips")
                                .keyConditionExpression("bike = :v")
                                .expressionAttributeValues(VALUE)),
                        "dynamodb:Query " + ofA + " dynamodb:Select=[ALL_ATTRIBUTES]"),
                Row.of(
                        "Query of an index",
                        t -> t.dynamoDb.query(r -> r.tableName("Trips")
                                .indexName("byPort")
                                .keyConditionExpression("port = :v")
                                .expressionAttributeValues(VALUE)),
                        "dynamodb:Query " + TABLE + "/index/byPort dynamodb:LeadingKeys=[a] dynamodb:Attributes=[port]"
                                + " dynamodb:Select=[ALL_PROJECTED_ATTRIBUTES]"),
                Row.of(
                        "Scan",
                        t -> t.dynamoDb.scan(r -> r.tableName("Trips")),
                        "dynamodb:Scan " + TABLE + " dynamodb:Select=[ALL_ATTRIBUTES]"),
                Row.of(
                        "BatchGetItem",
                        t -> t.dynamoDb.batchGetItem(r -> r.requestItems(Map.of(
                                "Trips", KeysAndAttributes.builder().keys(KEY).build()))),
                        "dynamodb:BatchGetItem " + ofA + " dynamodb:Select=[ALL_ATTRIBUTES]"),
                Row.of(
                        "BatchWriteItem",
                        t -> t.dynamoDb.batchWriteItem(r -> r.requestItems(Map.of(
                                "Trips",
                                List.of(WriteRequest.builder()
                                        .deleteRequest(d -> d.key(KEY))
                                        .build())))),
                        "dynamodb:BatchWriteItem " + ofA),
                Row.of(
                        "TransactGetItems",
                        t -> t.dynamoDb.transactGetItems(r -> r.transactItems(
                                i -> i.get(g -> g.tableName("Trips").key(KEY)))),
                        "dynamodb:GetItem " + ofA
                                + " dynamodb:Select=[ALL_ATTRIBUTES] dynamodb:EnclosingOperation=[TransactGetItems]"),
                Row.of(
                        "TransactWriteItems",
                        t -> t.dynamoDb.transactWriteItems(r -> r.transactItems(
                                i -> i.put(p -> p.tableName("Trips").item(KEY)),
                                i -> i.conditionCheck(c -> c.tableName("Trips")
                                        .key(Map.of("bike", AttributeValue.fromS("b")))
                                        .conditionExpression("attribute_not_exists(bike)")))),
                        "dynamodb:PutItem " + ofA + " dynamodb:EnclosingOperation=[TransactWriteItems]",
                        "dynamodb:ConditionCheckItem " + ofA.replace("[a]", "[b]")
                                + " dynamodb:EnclosingOperation=[TransactWriteItems]"),
                Row.of(
                        "UpdateTimeToLive",
                        t -> t.dynamoDb.updateTimeToLive(r -> r.tableName("Trips")
                                .timeToLiveSpecification(
                                        s -> s.attributeName("until").enabled(true))),
                        "dynamodb:UpdateTimeToLive " + TABLE),
                Row.of(
                        "TagResource",
                        t -> t.dynamoDb.tagResource(r ->
                                r.resourceArn(TABLE).tags(tag -> tag.key("team").value("red"))),
                        "dynamodb:TagResource " + TABLE + " aws:RequestTag/team=[red] aws:TagKeys=[team]"),
                Row.of(
                        "DeleteTable",
                        t -> t.dynamoDb.deleteTable(r -> r.tableName("Made")),
                        "dynamodb:DeleteTable " + TABLE.replace("Trips", "Made")));
    }
}
