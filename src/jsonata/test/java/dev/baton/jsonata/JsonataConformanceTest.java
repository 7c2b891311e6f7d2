package dev.baton.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.Limits;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// JSONata's own test suite, as the corpus has it (`-Dbaton.corpus=DIR`).
@EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
class JsonataConformanceTest {
    private static final double FLOOR = 99.0;

    /// Some cases of the suite nest deeper than Step Functions allows.
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1_000, 8 << 20, 10_000_000);

    @Test
    void at_least_99_percent_of_the_relevant_cases_agree() throws IOException {
        var folder = Path.of(System.getProperty("baton.corpus"), "jsonata");
        var datasets = Json.parseObject(Files.readString(folder.resolve("datasets.json")));
        var cases = Files.readAllLines(folder.resolve("cases.jsonl")).stream()
                .map(Json::parseObject)
                .filter(one -> one.get("sfn") instanceof Map<?, ?> sfn && Boolean.TRUE.equals(sfn.get("relevant")))
                .toList();
        var failures = new ArrayList<String>();
        for (var one : cases) {
            var document = one.containsKey("dataset") ? datasets.get((String) one.get("dataset")) : one.get("data");
            var before = Json.print(document);
            var difference = difference(one, document);
            if (difference != null) {
                failures.add(one.get("id") + " " + one.get("expr") + ": " + difference);
            }
            assertThat(Json.print(document))
                    .as("%s leaves its document alone", one.get("id"))
                    .isEqualTo(before);
        }
        var rate = 100.0 * (cases.size() - failures.size()) / cases.size();
        failures.forEach(System.out::println);
        System.out.printf(
                "JSONata: %d of %d relevant cases agree, %.2f %%%n",
                cases.size() - failures.size(), cases.size(), rate);
        assertThat(rate).isGreaterThanOrEqualTo(FLOOR);
    }

    private static String difference(Map<String, Object> one, Object document) {
        var expected = map(one.get("expect"));
        Object actual;
        try {
            var expression = Expression.compile((String) one.get("expr"));
            var context = new EvaluationContext(InstantSource.system(), new Random(1), LIMITS);
            actual = one.containsKey("no_data")
                    ? expression.evaluate(map(one.get("bindings")), context)
                    : expression.evaluateOn(document, map(one.get("bindings")), context);
        } catch (JsonataException e) {
            var agrees = expected.containsKey("error")
                    ? expected.get("error") instanceof Map<?, ?> error
                            ? Objects.equals(error.get("code"), e.code())
                            : true
                    : e.code().equals(expected.get("code"));
            return agrees ? null : "failed with " + e.code() + " " + e.message() + ", not " + expected;
        }
        if (actual == UndefinedValue.UNDEFINED) {
            return expected.containsKey("undefined") ? null : "nothing, not " + expected;
        }
        var agrees = expected.containsKey("result")
                && (Boolean.TRUE.equals(one.get("unordered"))
                        ? equal(sorted(actual), sorted(expected.get("result")))
                        : equal(actual, expected.get("result")));
        return agrees ? null : Json.print(actual) + ", not " + expected;
    }

    private static Object sorted(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Json::print).sorted().toList()
                : value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
    }

    private static boolean equal(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(key -> equal(x.get(key), y.get(key)));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
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
        return Objects.equals(a, b);
    }
}
