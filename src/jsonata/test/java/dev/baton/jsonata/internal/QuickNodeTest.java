package dev.baton.jsonata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The short way and the library agree, value by value and code by code.
class QuickNodeTest {
    private static final Map<String, Object> BINDINGS = Map.of("states", Json.parseObject("""
                    {"input": {"a": 1, "b": 2.5, "s": "text", "t": true, "n": null, "z": 0, "e": [], "o": {},
                     "l": [1, 2, 3], "m": [{"a": 1, "l": [1, 2]}, {"a": null, "l": [3]}, {"b": 3}, 4], "k": [[1, 2], [3]],
                     "h": [[{"a": [1]}], {"a": 2}], "big": 9007199254740993, "u": [{"a": [5]}], "w": [[7]], "q": [null]}}
                    """), "x", 5L);

    private static final List<String> ATOMS = List.of(
            "$states.input.a",
            "$states.input.b",
            "$states.input.s",
            "$states.input.t",
            "$states.input.n",
            "$states.input.z",
            "$states.input.e",
            "$states.input.o",
            "$states.input.l",
            "$states.input.m",
            "$states.input.m.a",
            "$states.input.m.l",
            "$states.input.m.l[0]",
            "$states.input.k",
            "$states.input.k[0]",
            "$states.input.k[0][1]",
            "$states.input.h.a",
            "$states.input.u.a",
            "$states.input.w[0]",
            "$states.input.q",
            "$states.input.q[0]",
            "$states.input.m[-1]",
            "$states.input.m[9]",
            "$states.input.big",
            "$states.nothing.a",
            "$states.input.l[1]",
            "$states.input.m[0].l[1]",
            "$states.input.a.b",
            "$x",
            "$x[0]",
            "$x[1]",
            "$nothing",
            "1",
            "-2",
            "0.5",
            "'text'",
            "''",
            "true",
            "false",
            "null",
            "[]",
            "{}",
            "[1, [2]]",
            "[1..3]",
            "{'a': 1}");

    private static final List<String> BINARY =
            List.of("+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "&", "and", "or", "in");

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return ATOMS.get(random.nextInt(ATOMS.size()));
        }
        Supplier<String> part = () -> expression(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "(" + part.get() + " " + BINARY.get(random.nextInt(BINARY.size())) + " " + part.get() + ")";
            case 3 -> "[" + part.get() + ", " + part.get() + "]";
            case 4 -> "{'p': " + part.get() + ", 'q': " + part.get() + "}";
            case 5 -> "(" + part.get() + " ? " + part.get() + " : " + part.get() + ")";
            case 6 -> "($y := " + part.get() + "; [$y, " + part.get() + "])";
            default ->
                List.of(
                                        "$string",
                                        "$count",
                                        "$exists",
                                        "$boolean",
                                        "$not",
                                        "$type",
                                        "$keys",
                                        "$sum",
                                        "$number",
                                        "$length")
                                .get(random.nextInt(10))
                        + "(" + part.get() + ")";
        };
    }

    private static String outcome(Supplier<Object> evaluation) {
        try {
            var value = evaluation.get();
            return value == UndefinedValue.UNDEFINED ? "nothing" : Json.print(normal(value));
        } catch (JsonataException e) {
            return e.code() + " " + e.message();
        }
    }

    /// Whole doubles of the payload stay what they are on the short way.
    private static Object normal(Object value) {
        return switch (value) {
            case List<?> list ->
                list.stream().map(one -> one == null ? "null" : normal(one)).toList();
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((name, one) -> sorted.put((String) name, one == null ? "null" : normal(one)));
                yield sorted;
            }
            case Number number -> number.doubleValue();
            case null -> "null";
            default -> value;
        };
    }

    @Test
    void five_thousand_expressions_give_the_same_both_ways() {
        var seed = Long.getLong("baton.seed", 20261122L);
        var random = new Random(seed);
        var context = new EvaluationContext(InstantSource.fixed(Instant.EPOCH), new Random(1));
        var quick = 0;
        for (var i = 0; i < 5_000; i++) {
            var text = expression(random, 3);
            var program = Program.compile(text);
            quick += program.isQuick() ? 1 : 0;
            var library = outcome(() -> program.runByLibrary(BINDINGS, context));
            if (library.contains("UnsupportedOperationException")) {
                continue; // the library cannot add to an array that begins with a range
            }
            assertThat(outcome(() -> program.run(BINDINGS, context)))
                    .as("%s (-Dbaton.seed=%d)", text, seed)
                    .isEqualTo(library);
        }
        assertThat(quick).as("expressions that go the short way").isGreaterThan(4_900);
    }
}
