package dev.baton.lambda.internal.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.lambda.internal.aws.SignedPost;
import dev.baton.lambda.plan.OutputTables;
import dev.baton.local.EmbeddedAws;
import dev.baton.name.Sha256;
import dev.baton.run.OutputMetadata;
import dev.baton.task.DataInvalid;
import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Intent;
import dev.baton.task.ItemDocument;
import dev.baton.task.Pattern;
import dev.baton.task.Superseded;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Items against the embedded DynamoDB; each test has a port of its own.
class TableItemTest {
    private static final AtomicInteger PORTS = new AtomicInteger();
    private static final EmbeddedAws AWS = EmbeddedAws.start();
    private static SignedPost post;

    private final Tide tide = new Tide("port" + PORTS.incrementAndGet(), 2012);
    private final TableItem item = new TableItems(() -> post).of(tide);

    @Intent("high water")
    record Tide(@Pattern(samples = {"kiel", "rome"}) String port, int year) implements Task {
        @Override
        public DynamoDbTarget output() {
            return DynamoDbTarget.item("tides", "port", "{port}", this).sortedByNumber("year", "{year}");
        }

        @Override
        public void run(TaskRun run) {}
    }

    @BeforeAll
    static void makeTheTable() {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(
                AWS.administrator().accessKeyId(), AWS.administrator().secretAccessKey()));
        var region = AWS.account().region();
        var tables = new OutputTables(AWS.endpoint(), region, credentials, ServiceClients.shared());
        assertThat(tables.make(new Tide("kiel", 2012).output())).isTrue();
        assertThat(tables.make(new Tide("rome", 2012).output()))
                .as("it is there")
                .isFalse();
        post = new ServiceClients(new FunctionEnvironment(Map.of(
                        "AWS_REGION", region, "AWS_ENDPOINT_URL", AWS.endpoint().toString())))
                .post(credentials);
    }

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private static ItemDocument height(int metres) {
        return ItemDocument.of(Map.of("height", metres, "note", Map.of("wind", "south")));
    }

    private static OutputMetadata marks(String fingerprint, String start, String run) {
        return new OutputMetadata(fingerprint, run, Instant.parse(start), "arn:of:" + run);
    }

    private static String sha256(ItemDocument document) {
        return Sha256.hex(document.bytes());
    }

    private Map<String, Object> send(String operation, Map<String, ?> request) throws IOException {
        return Json.parseObject(post.send(
                "dynamodb",
                "/",
                Map.of("Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810." + operation),
                Json.bytes(request)));
    }

    private Map<?, ?> there() throws IOException {
        return (Map<?, ?>) send(
                        "GetItem",
                        Map.of("TableName", "tides", "Key", tide.output().key()))
                .get("Item");
    }

    @Test
    void an_item_is_put_with_its_key_and_the_mark_of_its_run() throws IOException {
        assertThat(item.lack(sha256(height(3)))).isEqualTo("its item " + item + " is not there any more");
        item.put(height(3), marks("f1", "2026-11-22T05:00:00Z", "a"));

        assertThat(item).hasToString("dynamodb://tides/" + tide.port() + "/2012");
        assertThat(Json.parse(Json.print(there())))
                .isEqualTo(Json.parse("""
                        {"port": {"S": "%s"}, "year": {"N": "2012"}, "height": {"N": "3"},
                         "note": {"M": {"wind": {"S": "south"}}},
                         "baton": {"M": {"fingerprint": {"S": "f1"}, "run": {"S": "a"}, "sha256": {"S": "%s"},
                          "order": {"S": "001795323600.000000000 a"}}}}
                        """.formatted(tide.port(), sha256(height(3)))));
        assertThat(item.lack(sha256(height(3)))).isNull();
        assertThat(item.markedLack(sha256(height(3)))).isNull();
        assertThat(item.markedLack(sha256(height(4)))).contains("was changed by another hand");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T05:00:00Z, a, 2026-11-22T05:00:00.001Z, a",
        "2026-11-22T05:00:00Z, a, 2026-11-22T05:00:00Z, b",
        "2026-11-22T05:00:00.5Z, a, 2026-11-22T05:00:10Z, a",
        "2026-11-22T05:00:09Z, z, 2026-11-22T05:00:10Z, a"
    })
    void a_run_that_started_earlier_puts_nothing_over_what_a_later_one_put(
            String earlier, String one, String later, String other) throws IOException {
        item.put(height(3), marks("f1", earlier, one));
        item.put(height(4), marks("f2", later, other));

        assertThatThrownBy(() -> item.put(height(3), marks("f1", earlier, one)))
                .isInstanceOf(Superseded.class)
                .hasMessageContaining(item.toString());
        assertThat(item.lack(sha256(height(4)))).isNull();
        assertThatCode(() -> item.put(height(3), marks("f2", earlier, one)))
                .as("made of the same, it is as good")
                .doesNotThrowAnyException();
        assertThat(item.lack(sha256(height(4)))).isNull();
        item.put(height(4), marks("f2", later, other));
    }

    @Test
    void what_another_hand_did_is_seen_and_put_right() throws IOException {
        var first = marks("f1", "2026-11-22T05:00:00Z", "a");
        item.put(height(3), first);
        send(
                "UpdateItem",
                Map.of(
                        "TableName",
                        "tides",
                        "Key",
                        tide.output().key(),
                        "UpdateExpression",
                        "SET height = :h",
                        "ExpressionAttributeValues",
                        Map.of(":h", Map.of("N", "3.5"))));
        assertThat(item.lack(sha256(height(3)))).isEqualTo("its item " + item + " was changed by another hand");
        assertThat(item.markedLack(sha256(height(3)))).as("the mark stands").isNull();
        item.put(height(3), first);
        assertThat(item.lack(sha256(height(3)))).isNull();

        var foreign = new TreeMap<String, Object>(tide.output().key());
        foreign.put("baton", Map.of("S", "somebody's"));
        send("PutItem", Map.of("TableName", "tides", "Item", foreign));
        assertThat(item.markedLack(sha256(height(3)))).contains("was changed by another hand");
        item.put(height(3), first);
        assertThat(item.lack(sha256(height(3)))).isNull();
    }

    @Test
    void what_dynamodb_refuses_is_never_tried_again() {
        var large = ItemDocument.of(Map.of("text", "x".repeat(410_000)));
        assertThatThrownBy(() -> item.put(large, marks("f", "2026-11-22T05:00:00Z", "a")))
                .isInstanceOf(DataInvalid.class)
                .hasMessageContaining("refused by DynamoDB");
    }

    @Test
    void a_table_that_is_not_there_is_told_with_its_key() {
        var nowhere = new TableItem(
                DynamoDbTarget.item("moons", "port", "{port}", tide).sortedByNumber("year", "{year}"), post);
        assertThat(nowhere.lack("0".repeat(64))).contains("is not there any more");
        assertThatThrownBy(() -> nowhere.put(height(3), marks("f", "2026-11-22T05:00:00Z", "a")))
                .hasMessage("RUN061 the table moons, which is to have the item dynamodb://moons/" + tide.port()
                        + "/2012, is not there: create it with port (S, HASH) and year (N, RANGE) as its key");
    }
}
