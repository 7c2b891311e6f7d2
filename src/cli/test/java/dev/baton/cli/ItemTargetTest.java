package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.pipelines.Fishery;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Outputs that are items of tables, and tables that tasks use, deployed as compiled to the embedded AWS.
class ItemTargetTest {
    private static final String CATCH = "kiel 10\nrome 5\n";

    private static DynamoDbClient tables(DeployedPipeline pipeline) {
        var admin = pipeline.aws().administrator();
        return DynamoDbClient.builder()
                .endpointOverride(pipeline.aws().endpoint())
                .region(Region.of(pipeline.aws().account().region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(admin.accessKeyId(), admin.secretAccessKey())))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private static Map<String, AttributeValue> key(int year) {
        return Map.of(
                "kind", AttributeValue.fromS("catch-" + year), "year", AttributeValue.fromN(String.valueOf(year)));
    }

    private static Map<String, AttributeValue> total(DynamoDbClient tables, int year) {
        return tables.getItem(request -> request.tableName("totals").key(key(year)))
                .item();
    }

    private static String ended(DeployedPipeline pipeline, Object execution) throws InterruptedException {
        var ended = pipeline.ended(execution);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return ended.executionArn();
    }

    @Test
    void an_item_is_put_once_and_read_by_what_follows_and_put_back_where_another_hand_was_at_it()
            throws InterruptedException {
        Fishery.TOTALS.set(0);
        try (var fishery = new DeployedPipeline(TestPipelines.FISHERY);
                var tables = tables(fishery)) {
            ended(fishery, fishery.upload("catches/2026.txt", CATCH).getFirst().get("execution"));
            var made = total(tables, 2026);
            assertThat(made).containsKeys("kind", "year", "baton").containsEntry("kilos", AttributeValue.fromN("15"));
            assertThat(fishery.read("bulletins/2026.txt")).isEqualTo("15 kg, 7.5 kg a port");
            assertThat(fishery.records())
                    .filteredOn(record -> record.task().endsWith("$Total"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.output().uri()).isEqualTo("s3://items/totals/catch-2026/2026.json");
                        assertThat(made.get("baton").m().get("sha256").s())
                                .isEqualTo(record.output().sha256());
                        assertThat(made.get("baton").m().get("run").s()).isEqualTo(record.run());
                    });

            tables.deleteItem(request -> request.tableName("totals").key(key(2026)));
            ended(fishery, fishery.start(Map.of("parameters", Map.of("year", 2026))));
            assertThat(total(tables, 2026)).containsEntry("kilos", AttributeValue.fromN("15"));

            tables.putItem(request -> request.tableName("totals").item(key(2026)));
            ended(fishery, fishery.start(Map.of("parameters", Map.of("year", 2026))));
            assertThat(total(tables, 2026)).containsEntry("kilos", AttributeValue.fromN("15"));
            assertThat(Fishery.TOTALS)
                    .as("what made the item did not run again")
                    .hasValue(1);

            ended(
                    fishery,
                    fishery.upload("catches/2026.txt", "kiel 1\n").getFirst().get("execution"));
            assertThat(total(tables, 2026)).containsEntry("kilos", AttributeValue.fromN("1"));
            assertThat(Fishery.TOTALS).hasValue(2);

            var poached = fishery.ended(
                    fishery.upload("catches/2027.txt", "poached 3\n").getFirst().get("execution"));
            assertThat(poached.error())
                    .as("the role may put any total, the session of an attempt its own")
                    .isEqualTo("dev.baton.task.Undeclared");
            assertThat(poached.cause()).contains("no session policy allows the dynamodb:PutItem action");
        }
    }

    @Test
    void who_plans_or_starts_is_told_of_an_item_that_is_gone_or_changed(@TempDir Path home)
            throws IOException, InterruptedException {
        try (var fishery = new DeployedPipeline(TestPipelines.FISHERY);
                var tables = tables(fishery)) {
            fishery.tell(home);
            ended(fishery, fishery.upload("catches/2026.txt", CATCH).getFirst().get("execution"));
            var asked = new String[] {"fishery", "--year", "2026"};
            assertThat(baton(home, "plan", asked).lines()).contains("fresh      Total 2026 is fresh");
            assertThat(baton(home, "start", asked).out()).contains("nothing is started a second time");

            tables.updateItem(request -> request.tableName("totals")
                    .key(key(2026))
                    .updateExpression("SET kilos = :more")
                    .expressionAttributeValues(Map.of(":more", AttributeValue.fromN("16"))));
            var changed =
                    "Total 2026 is fresh: its item dynamodb://totals/catch-2026/2026 was changed by another hand and"
                            + " would be put back";
            assertThat(baton(home, "plan", asked).lines()).contains("fresh      " + changed);
            tables.deleteItem(request -> request.tableName("totals").key(key(2026)));
            var gone = changed.replace("was changed by another hand", "is not there any more");
            assertThat(baton(home, "plan", asked).lines()).contains("fresh      " + gone);
            assertThat(baton(home, "why", "dynamodb://totals/catch-2026/2026").lines())
                    .startsWith("Total 2026 ran: its output was never made")
                    .endsWith(gone);
            assertThat(baton(home, "lineage", "dynamodb://totals/catch-2026/2026")
                            .out())
                    .contains("s3://items/totals/catch-2026/2026.json", "s3://lake/catches/2026.txt");
            var started = baton(home, "start", asked).out();
            assertThat(started)
                    .matches("(?s)started +fishery-2026-[0-9a-f]+-r2: Total 2026: its item"
                            + " dynamodb://totals/catch-2026/2026 is not there any more\\s+");
            ended(fishery, fishery.arn(started.replaceFirst("(?s)started +([^:]+):.*", "$1")));
            assertThat(total(tables, 2026)).containsEntry("kilos", AttributeValue.fromN("15"));
        }
    }

    private static Call baton(Path home, String command, String... words) {
        var all = new String[words.length + 1];
        all[0] = command;
        System.arraycopy(words, 0, all, 1, words.length);
        return Call.in(home, all);
    }

    @Test
    void baton_run_makes_the_table_and_keeps_it(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("data/catches"));
        Files.writeString(home.resolve("data/catches/2026.txt"), CATCH);
        var words = new String[] {
            "fishery", "--year", "2026", "--data", home.resolve("data").toString()
        };
        var first = baton(home, "run", words);
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.lines("ran")).hasSize(2);
        var second = baton(home, "run", words);
        assertThat(second.exit()).as(second.out() + second.err()).isZero();
        assertThat(second.lines("ran")).isEmpty();
        assertThat(baton(home, "plan", "fishery", "--year", "2026").lines())
                .containsExactly(
                        "fresh      Total 2026 is fresh",
                        "fresh      Bulletin 2026 is fresh",
                        "0 of 2 tasks would run, 2 fresh");
    }

    @Test
    void the_items_of_a_fan_out_may_be_items_of_a_table() throws InterruptedException {
        try (var ports = new DeployedPipeline(TestPipelines.PORTS);
                var tables = tables(ports)) {
            ended(ports, ports.upload("catches/2026.txt", CATCH).getFirst().get("execution"));
            assertThat(List.of("kiel", "rome"))
                    .extracting(port -> tables.getItem(request -> request.tableName("ports")
                                    .key(Map.of(
                                            "port", AttributeValue.fromS(port), "year", AttributeValue.fromN("2026"))))
                            .item()
                            .get("kilos")
                            .n())
                    .containsExactly("10", "5");
        }
    }

    @Test
    void a_client_of_a_tasks_own_touches_the_declared_partition_and_no_other() throws InterruptedException {
        try (var quotas = new DeployedPipeline(TestPipelines.QUOTAS);
                var tables = tables(quotas)) {
            create(tables, "quotas", "fish");
            ended(quotas, quotas.upload("catches/2026.txt", CATCH).getFirst().get("execution"));
            assertThat(quotas.read("quotas/2026.txt")).contains("herring");

            var poached = quotas.ended(
                    quotas.upload("catches/2027.txt", "poached 3\n").getFirst().get("execution"));
            assertThat(poached.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(poached.cause())
                    .startsWith("{\"errorMessage\":\"Quota[year=2027] called dynamodb:PutItem on"
                            + " arn:aws:dynamodb:us-east-1:000000000000:table/quotas, which is AccessDenied to its role;"
                            + " declare it: add the partition key to Access.items(\\\"quotas\\\", …) in uses() of Quota"
                            + "\",\"errorType\":\"dev.baton.task.Undeclared\"");
            assertThat(quotas.versions("quotas/2027")).isEmpty();
        }
    }

    @Test
    void baton_run_takes_the_tables_that_tasks_use_and_says_which_it_lacks(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("data/catches"));
        Files.writeString(home.resolve("data/catches/2026.txt"), CATCH);
        var table = home.resolve("quotas.json");
        Files.writeString(table, """
                {"TableName": "quotas", "BillingMode": "PAY_PER_REQUEST",
                 "KeySchema": [{"AttributeName": "fish", "KeyType": "HASH"}],
                 "AttributeDefinitions": [{"AttributeName": "fish", "AttributeType": "S"}]}
                """);
        var data = home.resolve("data").toString();
        var without = baton(home, "run", "quotas", "--year", "2026", "--data", data);
        assertThat(without.exit()).isNotZero();
        assertThat(without.err()).contains("CLI104", "use the table quotas", "--table quotas.json");
        for (var words : List.of(List.of("--table", table.toString()), List.<String>of())) {
            var all = new ArrayList<>(List.of("quotas", "--year", "2026", "--data", data));
            all.addAll(words);
            var with = baton(home, "run", all.toArray(String[]::new));
            assertThat(with.exit()).as(with.out() + with.err()).isZero();
            assertThat(with.err()).doesNotContain("CLI104");
        }
        Files.writeString(table, "{\"TableName\": \"other\"}");
        assertThat(baton(home, "run", "quotas", "--year", "2026", "--data", data, "--table", table.toString())
                        .err())
                .contains("CLI103", "does not say how to make a table");
    }

    @Test
    void services_put_change_and_read_an_item_each_with_a_role_of_its_own() throws InterruptedException {
        try (var book = new DeployedPipeline(TestPipelines.BOOK);
                var tables = tables(book)) {
            tables.createTable(request -> request.tableName("book")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                            key -> key.attributeName("page").keyType(KeyType.HASH),
                            key -> key.attributeName("year").keyType(KeyType.RANGE))
                    .attributeDefinitions(
                            type -> type.attributeName("page").attributeType(ScalarAttributeType.S),
                            type -> type.attributeName("year").attributeType(ScalarAttributeType.N)));
            var execution = ended(
                    book, book.upload("catches/2026.txt", CATCH).getFirst().get("execution"));
            assertThat(Json.parseObject(book.read("book/2026/reading.json")).get("Item"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("page", Map.of("S", "catch"))
                    .containsEntry("year", Map.of("N", "2026"))
                    .hasEntrySatisfying("by", by -> assertThat(by.toString()).containsPattern("[0-9a-f]{40}"));
            assertThat(book.history(execution, "TaskScheduled"))
                    .extracting(event -> event.taskScheduledEventDetails())
                    .filteredOn(details -> details.resourceType().equals("dynamodb"))
                    .extracting(details -> details.resource() + " "
                            + details.taskCredentials().roleArn().replaceFirst("^.*/", ""))
                    .containsExactly(
                            "putItem baton-book-Page-called",
                            "updateItem baton-book-Signature-called",
                            "getItem baton-book-Reading-called");
        }
    }

    private static void create(DynamoDbClient tables, String table, String partition) {
        tables.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName(partition).keyType(KeyType.HASH))
                .attributeDefinitions(type -> type.attributeName(partition).attributeType(ScalarAttributeType.S)));
    }
}
