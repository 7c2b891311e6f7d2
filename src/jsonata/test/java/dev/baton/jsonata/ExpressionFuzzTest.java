package dev.baton.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.Limits;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text: a value, nothing, or a [JsonataException], in bounded time and in silence.
class ExpressionFuzzTest {
    private static final int CASES = Integer.getInteger("baton.fuzz", 5_000);

    private static final List<String> PIECES = List.of(
            "$states",
            ".input",
            ".a",
            "[0]",
            "[-1]",
            "[a=1]",
            "[]",
            "(",
            ")",
            "{",
            "}",
            "'k':",
            "\"k\":",
            ",",
            ";",
            ":=",
            "$x",
            "$",
            "$$",
            "*",
            "**",
            "%",
            "+",
            "-",
            "/",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            "in",
            "and",
            "or",
            "&",
            "..",
            "~>",
            "?",
            ":",
            "^(",
            "|",
            "@$v",
            "#$i",
            "function($a){",
            "λ($a,$b){",
            "$map(",
            "$filter(",
            "$reduce(",
            "$sum(",
            "$string(",
            "$number(",
            "$sort(",
            "$split(",
            "$match(",
            "$replace(",
            "$contains(",
            "/a+/",
            "/(/",
            "/[a-z]*/i",
            "$formatNumber(",
            "$formatInteger(",
            "$fromMillis(",
            "$toMillis(",
            "$parse(",
            "$range(",
            "$partition(",
            "$hash(",
            "$pad(",
            "$eval(",
            "$lookup(",
            "$each(",
            "$sift(",
            "$spread(",
            "$merge(",
            "$zip(",
            "$error(",
            "1",
            "0",
            "-0.5",
            "1e400",
            "9007199254740993",
            "'text'",
            "\"\\u0041\"",
            "'\\q'",
            "null",
            "true",
            "`q`",
            " ",
            "\n",
            "/*",
            "*/",
            "é",
            "\uD83D",
            "$append(",
            "$distinct(",
            "$type(",
            "$exists(",
            "$not(",
            "<n:n>",
            "<a<s>:x>");

    private static final Map<String, Object> BINDINGS = Map.of(
            "states",
            Json.parseObject(
                    "{\"input\":{\"a\":[1,null,{\"b\":\"c\"},[2]],\"s\":\"aab\",\"n\":null,\"e\":[],\"o\":{}}}"),
            "x",
            5L);

    private static String text(Random random) {
        var text = new StringBuilder();
        var length = 1 + random.nextInt(14);
        for (var i = 0; i < length; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            if (random.nextInt(3) == 0) {
                text.append(')');
            }
        }
        return text.toString();
    }

    @Test
    void any_text_gives_a_value_or_a_jsonata_exception() {
        var seed = Long.getLong("baton.seed", 20261122L);
        var random = new Random(seed);
        var limits = new Limits(Duration.ofMillis(500), 100, 1 << 16, 10_000);
        var context = new EvaluationContext(InstantSource.system(), random, limits);
        var before = Json.print(BINDINGS);
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (var i = 0; i < CASES; i++) {
                var text = text(random);
                var start = System.nanoTime();
                assertThatCode(() -> run(text, context))
                        .as("%s (-Dbaton.seed=%d)", text, seed)
                        .doesNotThrowAnyException();
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .as("%s (-Dbaton.seed=%d)", text, seed)
                        .isLessThan(Duration.ofSeconds(10));
                assertThat(printed.toString(StandardCharsets.UTF_8)).as(text).isEmpty();
            }
        } finally {
            System.setOut(out);
        }
        assertThat(Json.print(BINDINGS)).isEqualTo(before);
    }

    private static void run(String text, EvaluationContext context) {
        try {
            var expression = Expression.compile(text);
            assertThat(expression.analysis()).isNotNull();
            var value = expression.evaluate(BINDINGS, context);
            if (value != UndefinedValue.UNDEFINED) {
                Json.print(value);
            }
        } catch (JsonataException e) {
            assertThat(e.code()).matches("[A-Z][0-9]{4}");
        }
    }
}
