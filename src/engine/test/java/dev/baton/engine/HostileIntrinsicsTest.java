package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.Definition;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.json.Json;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever an intrinsic function or a path is given, in a definition of 10 KB and an input of the largest size: it
/// takes no more than five seconds and 100 MB, and ends in a value or an error of the language.
class HostileIntrinsicsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CASES = Integer.getInteger("baton.fuzz", 200);
    private static final long MOST_BYTES = 100L << 20;
    private static final Duration MOST_TIME = Duration.ofSeconds(5);
    private static final int LONGEST_CALL = 9_500;

    private static final List<String> FUNCTIONS = List.of(
            "Format(9)",
            "StringToJson(1)",
            "JsonToString(1)",
            "Array(9)",
            "ArrayPartition(2)",
            "ArrayContains(2)",
            "ArrayRange(3)",
            "ArrayGetItem(2)",
            "ArrayLength(1)",
            "ArrayUnique(1)",
            "Base64Encode(1)",
            "Base64Decode(1)",
            "Hash(2)",
            "JsonMerge(3)",
            "MathRandom(3)",
            "MathAdd(2)",
            "StringSplit(2)",
            "UUID(0)");
    private static final List<String> LEAVES = List.of(
            "$.text",
            "$.text",
            "$.alike",
            "$.alike",
            "$.deep",
            "$.numbers",
            "$.json",
            "$.commas",
            "$",
            "$$",
            "$..*",
            "$..a",
            "$..a..a..a",
            "$.numbers[*]",
            "$.numbers[?(@ > 5)]",
            "$.alike[?(@[0] == $.numbers[5])]",
            "'SHA-512'",
            "','",
            "'{}{}{}{}{}{}{}{}{}'",
            "'{}'",
            "0",
            "1",
            "-1",
            "1000",
            "2147483647",
            "-9223372036854775807",
            "9223372036854775807",
            "null",
            "true",
            "false");

    /// Nearly as much as an input may have, in one of its parts or in several.
    private static Map<String, Object> input(String kind) {
        var share = kind.equals("all") ? 5 : 1;
        var input = new LinkedHashMap<String, Object>(Map.of(
                "text", "t", "alike", List.of(), "deep", "d", "numbers", List.of(1L), "json", "[]", "commas", "a,b"));
        for (var part : List.of("text", "alike", "deep", "numbers", "json", "commas")) {
            if (kind.equals(part) || kind.equals("all") && !part.equals("json")) {
                input.put(part, part(part, share));
            }
        }
        return input;
    }

    private static Object part(String kind, int share) {
        return switch (kind) {
            case "text" -> "x".repeat(250_000 / share);
            case "commas" -> ",a".repeat(125_000 / share);
            case "json" -> "[[],".repeat(900) + "1" + "]".repeat(900);
            case "numbers" -> {
                var numbers = new ArrayList<Object>();
                for (var i = 0L; i < 40_000 / share; i++) {
                    numbers.add(i);
                }
                yield numbers;
            }
            // All of one hash code, and none Comparable.
            case "alike" -> {
                var alike = new ArrayList<Object>();
                for (var i = 0L; i < 16_000 / share; i++) {
                    alike.add(List.of(i, -31 * i));
                }
                yield alike;
            }
            default -> {
                Object deep = "bottom";
                for (var i = 0; i < 800; i++) {
                    deep = Map.of("a", deep);
                }
                yield deep;
            }
        };
    }

    private static String call(Random random, int room) {
        var function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
        var most = function.charAt(function.length() - 2) - '0';
        var count = most == 9 ? 1 + random.nextInt(random.nextInt(8) == 0 ? 900 : 9) : most;
        var arguments = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            var share = (room - function.length()) / count;
            arguments.add(
                    most == 9 && i == 0 && function.startsWith("Format")
                            ? "'" + "{}".repeat(count - 1) + "'"
                            : share > 40 && random.nextInt(3) > 0 ? call(random, share) : leaf(random));
        }
        return "States." + function.substring(0, function.length() - 3) + "(" + String.join(", ", arguments) + ")";
    }

    private static String leaf(Random random) {
        return LEAVES.get(random.nextInt(LEAVES.size()));
    }

    private static Definition definition(String call) {
        var pass = Map.of("Type", "Pass", "Parameters", Map.of("x.$", call), "End", true);
        return Asl.parse("test", Json.print(Map.of("StartAt", "S", "States", Map.of("S", pass))));
    }

    /// What one execution used up.
    private record Use(long bytes, Duration time, Execution execution) {
        static Use of(Definition definition, Map<String, Object> input) {
            var text = Json.print(input);
            var machines = Machines.withoutTasks();
            var machine = PreparedMachine.of(definition.machine());
            var bytes = THREADS.getCurrentThreadAllocatedBytes();
            var time = THREADS.getCurrentThreadCpuTime();
            var execution = machines.run(machine, text);
            return new Use(
                    THREADS.getCurrentThreadAllocatedBytes() - bytes,
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time),
                    execution);
        }

        void isBounded(String about) {
            assertThat(bytes).as(about).isLessThan(MOST_BYTES);
            assertThat(time).as(about).isLessThan(MOST_TIME);
            if (execution.status() != ExecutionStatus.SUCCEEDED) {
                assertThat(execution.error())
                        .as(about + ": " + execution.cause())
                        .isIn("States.Runtime", "States.DataLimitExceeded");
            }
        }
    }

    @Test
    void no_call_takes_much_memory_or_time_whatever_it_is_given() {
        var seed = Long.getLong("baton.seed", 20261130L);
        var random = new Random(seed);
        var kinds = List.of("text", "alike", "deep", "numbers", "json", "commas", "all");
        var ran = 0;
        for (var i = 0; i < CASES; i++) {
            var call = call(random, 20 + random.nextInt(random.nextInt(3) == 0 ? LONGEST_CALL : 300));
            var kind = kinds.get(random.nextInt(kinds.size()));
            var definition = definition(call);
            if (call.length() > LONGEST_CALL || !definition.isValid()) {
                continue;
            }
            ran++;
            Use.of(definition, input(kind)).isBounded("%.300s with %s (-Dbaton.seed=%d)".formatted(call, kind, seed));
        }
        assertThat(ran).isGreaterThan(CASES / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "alike", "deep", "numbers", "json", "commas"})
    void the_worst_that_each_function_can_be_asked_is_bounded(String kind) {
        var many = String.join(
                ", ", Arrays.stream(new String[1_000]).map(any -> "$." + kind).toList());
        for (var call : List.of(
                "States.Format('" + "{}".repeat(1_000) + "', " + many + ")",
                "States.JsonToString(States.Array(" + many + "))",
                "States.Hash(States.Array(" + many + "), 'MD5')",
                "States.ArrayContains(States.Array(" + many + "), States.Array(" + many.substring(0, many.length() / 3)
                        + "1))",
                "States.ArrayUnique(States.Array(" + many + "))",
                "States.ArrayUnique($." + kind + ")",
                "States.ArrayContains($." + kind + ", $." + kind + ")",
                "States.StringSplit($." + kind + ", $." + kind + ")",
                "States.ArrayPartition($." + kind + ", 1)",
                "States.Array(" + "$..*, ".repeat(900) + "1)",
                "States.ArrayLength($..a..a..a..a..a)",
                "States.ArrayLength($..*..*..*)",
                "States.Array($.missing, " + many + ")")) {
            Use.of(definition(call), input(kind)).isBounded("%.120s with %s".formatted(call, kind));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pad('', 6000000, 'x')",
                "($f := function($x){$f($x + 1)}; $f(1))",
                "$reduce([1..800000], function($a, $b){$a + $b % 7})",
            })
    void three_hundred_expressions_in_one_field_have_the_time_and_the_room_of_one(String expression) {
        var fields = new LinkedHashMap<String, Object>();
        for (var i = 0; i < 300; i++) {
            fields.put("f" + i, "{% " + expression + " %}");
        }
        var pass = Map.of("Type", "Pass", "Output", fields, "End", true);
        var definition = Asl.parse(
                "test", Json.print(Map.of("QueryLanguage", "JSONata", "StartAt", "S", "States", Map.of("S", pass))));
        var use = Use.of(definition, Map.of());

        assertThat(use.time()).isLessThan(MOST_TIME.multipliedBy(2));
        assertThat(use.execution().status()).isEqualTo(ExecutionStatus.FAILED);
    }
}
