package dev.baton.local;

import dev.baton.json.Json;
import dev.baton.local.EndpointBenchmark.Kind;
import dev.baton.local.EndpointBenchmark.Round;
import dev.baton.local.http.Signing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The rates of DynamoDB's get, put and conditional update of an item of 1 KiB beside S3's get and put of as much, in
/// memory and on the disk. Rounds alternate and medians are compared.
///
/// `.ci/bench dev.baton.local.DynamoDbBenchmark`
public final class DynamoDbBenchmark {
    private static final int ROUNDS = 11;
    private static final int SIZE = 1_024;
    private static final Map<String, Object> KEY = Map.of("id", Map.of("S", "k"));

    private DynamoDbBenchmark() {}

    /// A request of DynamoDB and the one of S3 that it is held against.
    private record Pair(Kind items, Kind objects) {}

    public static void main(String[] arguments) throws Exception {
        var text = "x".repeat(SIZE);
        var get = Kind.s3("get 1 KiB", "GET", "/lake/k", 0);
        var put = Kind.s3("put 1 KiB", "PUT", "/lake/p", SIZE);
        var pairs = List.of(
                new Pair(kind("GetItem", Map.of("TableName", "Lake", "Key", KEY)), get),
                new Pair(
                        kind(
                                "PutItem",
                                Map.of(
                                        "TableName",
                                        "Lake",
                                        "Item",
                                        Map.of("id", Map.of("S", "p"), "t", Map.of("S", text)))),
                        put),
                new Pair(
                        kind(
                                "UpdateItem",
                                Map.of(
                                        "TableName",
                                        "Lake",
                                        "Key",
                                        KEY,
                                        "UpdateExpression",
                                        "ADD v :one",
                                        "ConditionExpression",
                                        "attribute_exists(id)",
                                        "ExpressionAttributeValues",
                                        Map.of(":one", Map.of("N", "1")))),
                        put));
        var folder = Files.createTempDirectory("dynamodb-benchmark");
        try (var memory = EmbeddedAws.start();
                var disk = EmbeddedAws.builder().folder(folder).start()) {
            for (var aws : List.of(memory, disk)) {
                prepare(aws, text);
                for (var pair : pairs) {
                    compare(aws == memory ? "memory" : "disk", pair, aws);
                }
            }
        }
        System.out.println("left in " + folder);
    }

    private static Kind kind(String operation, Map<String, Object> input) {
        var headers =
                Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810." + operation);
        return new Kind(operation, "dynamodb", "POST", "/", headers, Json.bytes(input), ROUNDS);
    }

    private static void prepare(EmbeddedAws aws, String text) throws Exception {
        var s3 = new Signing(aws.endpoint(), aws.administrator(), "s3");
        s3.send("PUT", "/lake", Map.of(), "");
        s3.send("PUT", "/lake/k", Map.of(), text);
        var table = Map.of(
                "TableName",
                "Lake",
                "BillingMode",
                "PAY_PER_REQUEST",
                "AttributeDefinitions",
                List.of(Map.of("AttributeName", "id", "AttributeType", "S")),
                "KeySchema",
                List.of(Map.of("AttributeName", "id", "KeyType", "HASH")));
        var item = Map.of("id", Map.of("S", "k"), "t", Map.of("S", text));
        for (var kind : List.of(
                kind("CreateTable", Map.copyOf(table)), kind("PutItem", Map.of("TableName", "Lake", "Item", item)))) {
            new Signing(aws.endpoint(), aws.administrator(), "dynamodb")
                    .send(kind.method(), kind.path(), kind.headers(), new String(kind.body(), StandardCharsets.UTF_8));
        }
    }

    private static void compare(String where, Pair pair, EmbeddedAws aws) throws Exception {
        var items = new ArrayList<Round>();
        var objects = new ArrayList<Round>();
        for (int i = -3; i < ROUNDS; i++) {
            var item = EndpointBenchmark.round(pair.items(), aws);
            var object = EndpointBenchmark.round(pair.objects(), aws);
            if (i >= 0) {
                items.add(item);
                objects.add(object);
            }
        }
        var rate = EndpointBenchmark.median(items, Round::rate);
        var other = EndpointBenchmark.median(objects, Round::rate);
        System.out.printf(
                "%-6s %-10s %,8.0f/s   S3 %s %,8.0f/s   ratio %.2f%n",
                where, pair.items().name(), rate, pair.objects().name(), other, rate / other);
    }
}
