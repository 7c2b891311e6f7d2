package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.Clients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Task states that read and write items.
class DynamoDbTaskWireTest extends StatesEndpoint {
    private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Locks";
    private static final String PUT = allow("dynamodb:PutItem", TABLE);

    private DynamoDbClient db;

    @BeforeAll
    void table() {
        db = new Clients(aws.aws()).dynamoDb();
        db.createTable(create -> create.tableName("Locks")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
    }

    private static String single(String resource, String parameters, String more) {
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::" + resource
                + "\",\"Parameters\":" + parameters + more + ",\"End\":true}}}";
    }

    private Map<String, Object> output(String execution) {
        return Json.parseObject(
                states().describeExecution(r -> r.executionArn(execution)).output());
    }

    private List<String> failure(String machine) {
        var execution = start(machine, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        return List.of(described.error(), described.cause().replaceAll("Request ID: [-0-9a-f]+", "Request ID: *"));
    }

    @Test
    void an_optimised_state_writes_an_item_and_has_the_metadata_of_the_call() {
        var put = machine(
                single("dynamodb:putItem", "{\"TableName\":\"Locks\",\"Item\":{\"id\":{\"S.$\":\"$.id\"}}}", ""), PUT);
        var execution = start(put, "{\"id\":\"one\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = output(execution);
        assertThat(output).containsOnlyKeys("SdkHttpMetadata", "SdkResponseMetadata");
        var metadata = (Map<?, ?>) output.get("SdkHttpMetadata");
        assertThat(metadata.get("HttpStatusCode")).isEqualTo(200L);
        assertThat((Map<?, ?>) metadata.get("HttpHeaders"))
                .extracting(headers ->
                        headers.keySet().stream().map(Object::toString).sorted().toList())
                .isEqualTo(List.of(
                        "Connection",
                        "Content-Length",
                        "Content-Type",
                        "Date",
                        "Server",
                        "x-amz-crc32",
                        "x-amzn-RequestId"));
        // CRC-32 of the two letters of an empty object.
        assertThat(((Map<?, ?>) metadata.get("HttpHeaders")).get("x-amz-crc32")).isEqualTo("2745614147");
        var get = machine(
                single("dynamodb:getItem", "{\"TableName\":\"Locks\",\"Key\":{\"id\":{\"S\":\"one\"}}}", ""),
                allow("dynamodb:GetItem", TABLE));
        var got = start(get, "{}");
        assertThat(end(got)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(output(got).get("Item")).isEqualTo(Map.of("id", Map.of("S", "one")));
    }

    /// As definitions have it that AWS has published. An SDK integration names the type always.
    @Test
    void in_an_optimised_state_a_text_is_a_value_of_that_type() {
        var put = "{\"TableName\":\"Locks\",\"Item\":{\"id.$\":\"$.id\",\"done\":\"false\"}}";
        var execution = start(machine(single("dynamodb:putItem", put, ""), PUT), "{\"id\":\"plain\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var get = single("dynamodb:getItem", "{\"TableName\":\"Locks\",\"Key\":{\"id\":\"plain\"}}", "");
        var got = start(machine(get, allow("dynamodb:GetItem", TABLE)), "{}");
        assertThat(end(got)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(output(got).get("Item")).isEqualTo(Map.of("id", Map.of("S", "plain"), "done", Map.of("S", "false")));
        assertThat(failure(machine(single("aws-sdk:dynamodb:putItem", put.replace("id.$", "id"), ""), PUT)))
                .first()
                .isEqualTo("DynamoDb.DynamoDbException");
    }

    @Test
    void a_lock_that_is_held_is_caught_under_the_name_of_the_condition() {
        var definition = single(
                "dynamodb:putItem",
                "{\"TableName\":\"Locks\",\"Item\":{\"id\":{\"S\":\"lock\"}},\"ConditionExpression\":\"attribute_not_exists(id)\"}",
                "");
        var machine = machine(definition, PUT);
        assertThat(end(start(machine, "{}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(failure(machine))
                .containsExactly(
                        "DynamoDB.ConditionalCheckFailedException",
                        "The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                                + " ConditionalCheckFailedException; Request ID: *; Proxy: null)");
    }

    /// As recorded from AWS: only the errors that the API has types for keep their names.
    @Test
    void errors_have_the_names_that_the_account_has_for_them() {
        var other = "arn:aws:dynamodb:us-east-1:000000000000:table/test-table";
        var item = "{\"TableName\":\"test-table\",\"Item\":{\"id\":{\"S\":\"id1\"}}}";
        assertThat(failure(machine(single("dynamodb:putItem", item, ""), allow("dynamodb:PutItem", other))))
                .containsExactly(
                        "DynamoDB.ResourceNotFoundException",
                        "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code:"
                                + " ResourceNotFoundException; Request ID: *; Proxy: null)");
        var nothing = "{\"TableName\":\"test-table\",\"Item.$\":\"$.none\"}";
        var withNull =
                single("dynamodb:putItem", nothing, "").replace("\"Parameters\"", "\"InputPath\":\"$\",\"Parameters\"");
        var start = start(machine(withNull, allow("dynamodb:PutItem", other)), "{\"none\":null}");
        assertThat(end(start)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(states().describeExecution(r -> r.executionArn(start)).error())
                .isEqualTo("DynamoDB.AmazonDynamoDBException");
        var sdk = start(
                machine(single("aws-sdk:dynamodb:putItem", nothing, ""), allow("dynamodb:PutItem", other)),
                "{\"none\":null}");
        assertThat(end(sdk)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(sdk));
        assertThat(described.error()).isEqualTo("DynamoDb.DynamoDbException");
        assertThat(described.cause())
                .startsWith(
                        "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must"
                                + " not be null (Service: DynamoDb, Status Code: 400, Request ID: ");
    }

    @Test
    void a_role_without_the_right_is_refused() {
        var machine = machine(
                single("dynamodb:putItem", "{\"TableName\":\"Locks\",\"Item\":{\"id\":{\"S\":\"x\"}}}", ""),
                allow("dynamodb:GetItem", TABLE));
        assertThat(failure(machine).getFirst()).isEqualTo("DynamoDB.AmazonDynamoDBException");
        assertThat(failure(machine).getLast())
                .contains("is not authorized to perform: dynamodb:PutItem on resource: " + TABLE)
                .contains("(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; ");
    }

    @Test
    void the_items_of_a_map_are_counted_by_a_jsonata_state() {
        var definition = """
                {"QueryLanguage":"JSONata","StartAt":"Each","States":{
                  "Each":{"Type":"Map","Items":"{% [1..5] %}","Next":"Sum",
                    "ItemProcessor":{"StartAt":"Add","States":{"Add":{"Type":"Task","End":true,
                      "Resource":"arn:aws:states:::dynamodb:updateItem",
                      "Arguments":{"TableName":"Locks","Key":{"id":{"S":"sum"}},
                        "UpdateExpression":"ADD amount :n",
                        "ExpressionAttributeValues":{":n":{"N":"{% $string($states.input) %}"}}}}}}},
                  "Sum":{"Type":"Task","End":true,"Resource":"arn:aws:states:::aws-sdk:dynamodb:query",
                    "Arguments":{"TableName":"Locks","KeyConditionExpression":"id = :id",
                      "ExpressionAttributeValues":{":id":{"S":"sum"}}},
                    "Output":"{% {'sum': $number($states.result.Items[0].amount.N), 'count': $states.result.Count} %}"}}}
                """;
        var machine = machine(definition, allow("dynamodb:UpdateItem", TABLE), allow("dynamodb:Query", TABLE));
        var execution = start(machine, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(output(execution)).isEqualTo(Map.of("sum", 15L, "count", 1L));
        assertThat(db.getItem(get -> get.tableName("Locks").key(Map.of("id", AttributeValue.fromS("sum"))))
                        .item()
                        .get("amount")
                        .n())
                .isEqualTo("15");
    }
}
