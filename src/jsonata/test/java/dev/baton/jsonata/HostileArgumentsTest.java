package dev.baton.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.EvaluationStoppedException;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.Limits;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a function is given, it takes no more memory and processor time than an expression may.
class HostileArgumentsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CASES = Integer.getInteger("baton.fuzz", 3_000);
    private static final long MOST_BYTES = 100L << 20;
    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    /// Time as usual, and memory that is too much for one function.
    private static final Limits LIMITS = new Limits(Duration.ofMillis(500), 100, 873_782 * 8, 873_782, 64L << 20);

    private static final List<String> FUNCTIONS = List.of(
            "sum(1)",
            "count(1)",
            "max(1)",
            "min(1)",
            "average(1)",
            "string(2)",
            "substring(3)",
            "substringBefore(2)",
            "substringAfter(2)",
            "lowercase(1)",
            "uppercase(1)",
            "length(1)",
            "trim(1)",
            "pad(3)",
            "match(3)",
            "contains(2)",
            "replace(4)",
            "split(3)",
            "join(2)",
            "formatNumber(3)",
            "formatBase(2)",
            "formatInteger(2)",
            "parseInteger(2)",
            "number(1)",
            "floor(1)",
            "ceil(1)",
            "round(2)",
            "abs(1)",
            "sqrt(1)",
            "power(2)",
            "boolean(1)",
            "not(1)",
            "map(2)",
            "zip(3)",
            "filter(2)",
            "single(2)",
            "reduce(3)",
            "sift(2)",
            "keys(1)",
            "lookup(2)",
            "append(2)",
            "exists(1)",
            "spread(1)",
            "merge(1)",
            "reverse(1)",
            "each(2)",
            "error(1)",
            "assert(2)",
            "type(1)",
            "sort(2)",
            "shuffle(1)",
            "distinct(1)",
            "base64encode(1)",
            "base64decode(1)",
            "encodeUrlComponent(1)",
            "encodeUrl(1)",
            "decodeUrlComponent(1)",
            "decodeUrl(1)",
            "toMillis(2)",
            "fromMillis(3)",
            "now(2)",
            "clone(1)",
            "eval(2)",
            "partition(2)",
            "range(3)",
            "hash(2)",
            "random(1)",
            "parse(1)");

    private static final List<String> PIECES = List.of(
            "0",
            "9",
            "#",
            ",",
            ".",
            ";",
            "e",
            "%",
            "one ",
            "and ",
            "M",
            "I",
            "i",
            "a",
            "w",
            "W",
            "Ww",
            "[Y]",
            "[Y0001]",
            "[M]",
            "[Yw]",
            "[YI]",
            "[F]",
            "[f]",
            "[Z]",
            "[X]",
            "[w]",
            "[[",
            "]]",
            "[Y,99]",
            "[Y,*-9999]",
            "[D,99999999]",
            "{",
            "[",
            "[[],",
            "\\\"",
            "é",
            "\uD83D\uDE00",
            "%41",
            "+",
            " ",
            "=",
            "x",
            "$0",
            "$$",
            "1e9");

    private static final List<String> WHOLE = List.of(
            "/(a+)+$/",
            "/(x*)*y/",
            "/(?:(?:){2000000000}){2000000000}/",
            "/(?:^){999999999}/",
            "/a{1,9}/",
            "/./",
            "/()/",
            "0",
            "-1",
            "1",
            "2.5",
            "1e9",
            "-1e9",
            "2147483647",
            "-2147483648",
            "9e15",
            "1e300",
            "-1e300",
            "1e-300",
            "'MD5'",
            "'SHA-512'",
            "''",
            "' '",
            "'0'",
            "'w'",
            "'I'",
            "'i'",
            "'A'",
            "'a'",
            "'Ww'",
            "'#0'",
            "'#,##0.00'",
            "'[Y]'",
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "$nothing",
            "$map",
            "$uppercase",
            "$string",
            "$sum",
            "function($x){$x}",
            "function($a,$b){$a}",
            "function($a,$b){[$a,$b]}",
            "function($a,$b){$a & $b}",
            "$arrays",
            "$objects",
            "$numbers",
            "$texts",
            "{'grouping-separator':''}",
            "{'grouping-separator':$long}",
            "{'zero-digit':'1'}",
            "{'decimal-separator':''}");

    private static String text(Random random) {
        var text = new StringBuilder();
        var length = switch (random.nextInt(4)) {
            case 0 -> 10;
            case 1 -> 200;
            default -> 9_000;
        };
        var kinds = 1 + random.nextInt(3);
        var chosen = new ArrayList<String>();
        for (var i = 0; i < kinds; i++) {
            chosen.add(PIECES.get(random.nextInt(PIECES.size())));
        }
        while (text.length() < length) {
            text.append(chosen.get(random.nextInt(chosen.size())));
        }
        return (random.nextInt(3) == 0 ? "0." : "") + text;
    }

    private static Map<String, Object> bindings(Random random) {
        var arrays = new ArrayList<Object>();
        var objects = new ArrayList<Object>();
        var numbers = new ArrayList<Object>();
        var texts = new ArrayList<Object>();
        for (var i = 0L; i < 1_500; i++) {
            // All of one hash code.
            arrays.add(List.of(i, -31 * i));
            objects.add(Map.of("k" + i, i));
            numbers.add(i * i * i);
            texts.add("t" + i);
        }
        return Map.of(
                "one",
                text(random),
                "two",
                text(random),
                "three",
                text(random),
                "long",
                "x".repeat(9_000),
                "arrays",
                arrays,
                "objects",
                objects,
                "numbers",
                numbers,
                "texts",
                texts);
    }

    private static String argument(Random random, int number) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> "$" + List.of("one", "two", "three", "long").get(number % 3);
            case 2 -> "[1..9000]";
            default -> WHOLE.get(random.nextInt(WHOLE.size()));
        };
    }

    private static String call(Random random) {
        var function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        var most = function.charAt(function.length() - 2) - '0';
        var arguments = new ArrayList<String>();
        for (var i = 0; i < Math.max(1, most - random.nextInt(2)); i++) {
            arguments.add(argument(random, i));
        }
        return "$" + function.substring(0, function.length() - 3) + "(" + String.join(", ", arguments) + ")";
    }

    /// What one evaluation used up.
    private record Use(long bytes, Duration time, String outcome) {}

    private static Use use(String text, Map<String, Object> bindings, Limits limits) {
        var bytes = THREADS.getCurrentThreadAllocatedBytes();
        var time = THREADS.getCurrentThreadCpuTime();
        String outcome;
        try {
            var value = Expression.compile(text)
                    .evaluate(bindings, new EvaluationContext(InstantSource.system(), new Random(1), limits));
            outcome = value == UndefinedValue.UNDEFINED ? "nothing" : "a value";
        } catch (JsonataException e) {
            outcome = e.code() + ": " + e.getMessage();
        }
        return new Use(
                THREADS.getCurrentThreadAllocatedBytes() - bytes,
                Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time),
                outcome);
    }

    @Test
    void no_function_takes_much_memory_or_time_whatever_it_is_given() {
        var seed = Long.getLong("baton.seed", 20261130L);
        var random = new Random(seed);
        for (var i = 0; i < CASES; i++) {
            var bindings = bindings(random);
            var text = call(random);
            var use = use(text, bindings, LIMITS);
            var described = "%s with %s (-Dbaton.seed=%d): %s";
            var shown = "%.60s|%.60s|%.60s".formatted(bindings.get("one"), bindings.get("two"), bindings.get("three"));
            assertThat(use.bytes())
                    .as(described, text, shown, seed, use.outcome())
                    .isLessThan(MOST_BYTES);
            assertThat(use.time())
                    .as(described, text, shown, seed, use.outcome())
                    .isLessThan(MOST_TIME);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$fromMillis(0, '[Y,100000000]')",
                "$fromMillis(0, $join([1..3000].'[Y0001]') & '[D,9999999]')",
                "$toMillis($pad('', 3000, '1'), $join([1..1000].'[Y]'))",
                "$toMillis($pad('', 200, 'a'), $join([1..40].'[YA]') & '!')",
                "$formatNumber(1, '0.' & $pad('', 100000, '0'))",
                "$formatInteger(1, $pad('', 100000, '0'))",
                "$formatInteger(1000000000, 'I')",
                "$parseInteger($pad('', 6000000, 'one '), 'w')",
                "$pad('x', 6990000, 'ab') & $pad('x', 6990000, 'ab')",
                "$join([1..800000].'x', $pad('', 10000))",
                "$round(1.5, 1000000000)",
                "$replace($pad('', 6000000, 'x'), /.+/, $pad('', 9000, '$0'))",
                "$split($pad('', 6000000, 'x'), '')",
                "$match($pad('', 6000000, 'x'), /x/)",
                "$match('x', /(?:(?:){2000000000}){2000000000}/)",
                "$match($pad('', 5000, 'x') & '!', /(x+)+$/)",
                "$distinct([1..200000].[[$, -31 * $]])",
                "$zip([1..800000], [1..800000], [1..800000], [1..800000])",
                "$parse($pad('', 6000000, '[[],') & ']')",
                "$range(1, 1e15, 1)",
                "function($a)<x+x+x+x+x+x+x+x+x+x+x+x+n:n>{1}(1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,'s')",
                "[1..800000].[1..800000]",
                "$map([1..800000], function($x){[1..800000]})",
                "($f := function($x){$f($x & $x)}; $f('xxxxxxxx'))",
                "($f := function($x){$f($x + 1)}; $f(1))",
            })
    void what_would_take_long_or_much_is_refused_or_done_within_the_limits(String text) {
        var use = use(text, Map.of(), LIMITS);

        assertThat(use.bytes()).as(use.outcome()).isLessThan(2 * MOST_BYTES);
        assertThat(use.time()).as(use.outcome()).isLessThan(MOST_TIME);
    }

    @Test
    void an_evaluation_that_nobody_wants_any_more_ends() {
        var looks = new int[1];
        var context =
                new EvaluationContext(InstantSource.system(), new Random(1), Limits.DEFAULT, () -> ++looks[0] > 3);
        var endless = Expression.compile("($f := function($x){$f($x + 1)}; $f(1))");

        assertThatThrownBy(() -> endless.evaluate(Map.of(), context)).isInstanceOf(EvaluationStoppedException.class);
    }

    @Test
    void distinct_arrays_of_one_hash_code_stay_distinct() {
        var twice = Expression.compile("$count($distinct($append($arrays, $arrays)))");

        assertThat(Json.print(twice.evaluate(
                        bindings(new Random(1)),
                        new EvaluationContext(InstantSource.system(), new Random(1), Limits.DEFAULT))))
                .isEqualTo("1500");
    }
}
