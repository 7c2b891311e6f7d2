package dev.baton.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.RawHttp;
import dev.baton.local.http.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// The cases of `expressions.txt`, each as a request on the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionCasesTest {
    private final Map<String, Map<String, Object>> items = new LinkedHashMap<>();
    private EmbeddedAws aws;

    /// A line of the file.
    private record Case(String kind, String item, String expression, String names, String values, String expected) {
        static Case of(String line) {
            var parts = line.split(" \\| ", -1);
            var head = parts[0].split(" ");
            return new Case(head[0], head[1], parts[1], parts[2], parts[3], parts[4]);
        }
    }

    private static List<String> lines() throws IOException {
        try (var file = Objects.requireNonNull(ExpressionCasesTest.class.getResourceAsStream("expressions.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @BeforeAll
    void start() throws IOException {
        aws = EmbeddedAws.start();
        send("CreateTable", Json.parseObject("""
                {"TableName":"Cases","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}"""));
        for (var line : lines()) {
            if (line.startsWith("item ")) {
                var parts = line.split(" ", 3);
                items.put(parts[1], Json.parseObject(parts[2]));
            }
        }
    }

    @AfterAll
    void stop() {
        aws.close();
    }

    private RawHttp.Answer send(String operation, Map<String, Object> input) throws IOException {
        return new Signing(aws.endpoint(), aws.administrator(), "dynamodb")
                .send("POST", "/", Map.of("X-Amz-Target", "DynamoDB_20120810." + operation), Json.print(input));
    }

    private Map<String, Object> stored(String name) {
        var item = new LinkedHashMap<String, Object>();
        item.put("id", Map.of("S", name));
        item.putAll(items.get(name));
        return item;
    }

    private static Map<String, Object> input(Case tried, String expression) {
        var input = new LinkedHashMap<String, Object>();
        input.put("TableName", "Cases");
        input.put("Key", Map.of("id", Map.of("S", tried.item())));
        input.put(expression, tried.expression());
        if (!tried.names().equals("-")) {
            input.put("ExpressionAttributeNames", Json.parseObject(tried.names()));
        }
        if (!tried.values().equals("-")) {
            input.put("ExpressionAttributeValues", Json.parseObject(tried.values()));
        }
        return input;
    }

    @TestFactory
    Stream<DynamicTest> each_case_is_answered_as_it_says() throws IOException {
        return lines().stream()
                .filter(line -> !line.startsWith("item "))
                .map(line -> DynamicTest.dynamicTest(line, () -> judge(Case.of(line))));
    }

    private void judge(Case tried) throws IOException {
        switch (tried.kind()) {
            case "cond" -> {
                put(tried.item());
                var answer = send("UpdateItem", input(tried, "ConditionExpression"));
                assertThat(tried.expected().startsWith("! ") ? refusal(answer) : held(answer))
                        .isEqualTo(tried.expected());
            }
            case "update" -> {
                put(tried.item());
                var input = input(tried, "UpdateExpression");
                input.put("ReturnValues", "ALL_NEW");
                judge(tried, send("UpdateItem", input), "Attributes");
            }
            case "project" -> {
                put(tried.item());
                judge(tried, send("GetItem", input(tried, "ProjectionExpression")), "Item");
            }
            case "put" -> {
                var item = new LinkedHashMap<String, Object>(Map.of("id", Map.of("S", tried.item())));
                item.putAll(Json.parseObject(tried.values()));
                var answer = send("PutItem", Map.of("TableName", "Cases", "Item", item));
                judge(tried, answer.status() == 200 ? get(tried.item()) : answer, "Item");
            }
            default -> throw new IllegalStateException(tried.kind());
        }
    }

    private void put(String name) throws IOException {
        assertThat(send("PutItem", Map.of("TableName", "Cases", "Item", stored(name)))
                        .status())
                .isEqualTo(200);
    }

    private RawHttp.Answer get(String name) throws IOException {
        return send("GetItem", Map.of("TableName", "Cases", "Key", Map.of("id", Map.of("S", name))));
    }

    private void judge(Case tried, RawHttp.Answer answer, String member) {
        if (tried.expected().startsWith("! ")) {
            assertThat(refusal(answer)).isEqualTo(tried.expected());
            return;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(sorted(attributes(answer, member))).isEqualTo(sorted(expected(tried)));
    }

    private static Map<?, ?> attributes(RawHttp.Answer answer, String member) {
        var found = new LinkedHashMap<Object, Object>(
                (Map<?, ?>) Json.parseObject(answer.body()).getOrDefault(member, Map.of()));
        found.remove("id");
        return found;
    }

    /// All of an item where "..." names it, but for what "-" lists.
    private Map<String, Object> expected(Case tried) {
        var told = Json.parseObject(tried.expected());
        var whole = new LinkedHashMap<String, Object>();
        if (told.get("...") instanceof String name) {
            whole.putAll(items.get(name));
        }
        whole.putAll(told);
        if (told.get("-") instanceof List<?> gone) {
            gone.forEach(whole::remove);
        }
        whole.keySet().removeAll(List.of("...", "-"));
        whole.computeIfPresent("Sizes", (name, sizes) -> Map.of("NS", List.of("1", "2.5")));
        return whole;
    }

    /// Sets have no order.
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            var sorted = new LinkedHashMap<Object, Object>();
            map.forEach((name, inner) -> {
                if (inner instanceof List<?> list && List.of("SS", "NS", "BS").contains(name)) {
                    sorted.put(
                            name, list.stream().map(Object::toString).sorted().toList());
                } else {
                    sorted.put(name, sorted(inner));
                }
            });
            return sorted;
        }
        if (value instanceof List<?> list) {
            var all = new ArrayList<Object>();
            list.forEach(each -> all.add(sorted(each)));
            return all;
        }
        return value;
    }

    private static String held(RawHttp.Answer answer) {
        if (answer.status() == 200) {
            return "yes";
        }
        return answer.code().equals("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException")
                ? "no"
                : refusal(answer);
    }

    private static String refusal(RawHttp.Answer answer) {
        return answer.code().equals("com.amazon.coral.validate#ValidationException")
                ? "! " + Json.parseObject(answer.body()).get("message")
                : answer.status() + " " + answer.text();
    }

    @Test
    void there_are_as_many_cases_as_promised() throws IOException {
        assertThat(lines()).hasSizeGreaterThan(200);
    }
}
