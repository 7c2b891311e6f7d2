package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.lambda.function.LambdaFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// TestState as the service answered it, as the corpus has recorded it (`-Dbaton.corpus=DIR`).
@EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
class TestStateConformanceTest {
    private static final double FLOOR = 99.0;
    private static final String ACCOUNT = "111111111111";

    @Test
    void at_least_99_percent_of_the_recorded_answers_agree() throws IOException {
        var failures = new ArrayList<String>();
        var count = 0;
        try (var aws = EmbeddedAws.builder()
                        .account(new Account(ACCOUNT, "us-east-1"))
                        .start();
                var files = Files.list(Path.of(System.getProperty("baton.corpus"), "test-state"))) {
            prepare(aws);
            for (var file : files.sorted().toList()) {
                var one = Json.parseObject(Files.readString(file));
                var difference = difference(aws, one);
                if (difference != null) {
                    failures.add(one.get("id") + ": " + difference);
                }
                count++;
            }
        }
        var rate = 100.0 * (count - failures.size()) / count;
        failures.forEach(System.out::println);
        System.out.printf("TestState: %d of %d cases agree, %.2f %%%n", count - failures.size(), count, rate);
        assertThat(rate).isGreaterThanOrEqualTo(FLOOR);
    }

    /// The roles that the recordings name, and the function that they call.
    private static void prepare(EmbeddedAws aws) {
        var identities = aws.foundation().identities();
        for (var name : List.of("test-sfn-role-1d000001", "test-sfn-role-1d000002", "lambda-role")) {
            identities.role("/", name, """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":["states.amazonaws.com","lambda.amazonaws.com"]},"Action":"sts:AssumeRole"}}""");
            identities.putRolePolicy(name, "all", """
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        }
        aws.lambda()
                .register(new LambdaFunction(
                        "lambda_function_name",
                        "arn:aws:iam::" + ACCOUNT + ":role/lambda-role",
                        Map.of(),
                        Duration.ofSeconds(10),
                        128,
                        environment -> (in, out, context) -> out.write(
                                Json.bytes(Json.parseObject(in.readAllBytes()).isEmpty() ? Map.of() : "HelloWorld!"))));
    }

    private static String difference(EmbeddedAws aws, Map<String, Object> one) throws IOException {
        var expected = map(one.get("expect"));
        var input = new LinkedHashMap<>(map(one.get("args")));
        input.put("definition", Json.print(one.get("definition")));
        if (one.get("input") != null) {
            input.put("input", Json.print(one.get("input")));
        }
        try {
            var answer = TestStateCall.answer(aws, input);
            if (expected.containsKey("api_error")) {
                return "answered " + Json.print(answer) + ", not " + expected;
            }
            var same = new Comparison((List<?>) one.get("wildcards")).equal(expected, TestStateCall.parsed(answer));
            return same ? null : Json.print(TestStateCall.parsed(answer)) + ", not " + Json.print(expected);
        } catch (AwsError e) {
            // What the recorder's own client refused, the service refuses in its own words.
            var agrees =
                    e.code().equals(expected.get("api_error")) && e.message().equals(expected.get("message"))
                            || "ParamValidationError".equals(expected.get("api_error"))
                                    && e.code().equals("ValidationException");
            return agrees ? null : e.code() + " " + e.message() + ", not " + Json.print(expected);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /// The corpus' rules of comparison: placeholders that the recorder put in match anything.
    private record Comparison(List<?> wildcards) {
        private static final Pattern DATE =
                Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z?|\\w{3}, \\d{2} \\w{3} \\d{4} .*");

        boolean equal(Object expected, Object actual) {
            if (expected instanceof String text) {
                return string(text, actual);
            }
            if (expected instanceof Number x && actual instanceof Number y) {
                return x.doubleValue() == y.doubleValue();
            }
            if (expected instanceof Map<?, ?> x && actual instanceof Map<?, ?> y) {
                return x.keySet().equals(y.keySet())
                        && x.keySet().stream().allMatch(key -> equal(x.get(key), y.get(key)));
            }
            if (expected instanceof List<?> x && actual instanceof List<?> y) {
                if (x.size() != y.size()) {
                    return false;
                }
                for (var i = 0; i < x.size(); i++) {
                    if (!equal(x.get(i), y.get(i))) {
                        return false;
                    }
                }
                return true;
            }
            return Objects.equals(expected, actual);
        }

        private boolean string(String expected, Object actual) {
            if (wildcards.contains(expected)) {
                return true;
            }
            // The recorder put its word for a timestamp in the place of a header's whole list, too.
            if (expected.equals("date") && actual instanceof List<?> list && list.size() == 1) {
                return string(expected, list.getFirst());
            }
            if (!(actual instanceof String text)) {
                return false;
            }
            if (expected.equals("date")) {
                return text.equals("date") || DATE.matcher(text).matches();
            }
            var pattern = new StringBuilder();
            for (var part : expected.split("(?=<)|(?<=>)")) {
                pattern.append(part.startsWith("<") && wildcards.contains(part) ? ".*" : Pattern.quote(part));
            }
            return Pattern.matches(pattern.toString(), text);
        }
    }
}
