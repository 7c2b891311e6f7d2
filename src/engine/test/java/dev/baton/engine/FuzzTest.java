package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever a definition's author and the data may do: an execution ends, and fails by an error of the language
/// only.
class FuzzTest {
    private static final Set<String> ERRORS = Set.of(
            "States.Runtime",
            "States.ResultPathMatchFailure",
            "States.QueryEvaluationError",
            "States.DataLimitExceeded");
    private static final String[] PATHS = {
        "$",
        "$.a",
        "$.a.b",
        "$['a']",
        "$.a[0]",
        "$.a[-1]",
        "$.a[*]",
        "$..a",
        "$.a[0:2]",
        "$.a[?(@.b == 1)]",
        "$.a[?(@.b > 'x' && !(@.c))]",
        "$$",
        "$$.State.Name",
        "$$.Map.Item.Value",
        "$$.Execution.Input.a",
        "$.a[0,1]"
    };
    private static final String[] FUNCTIONS = {
        "States.Format", "States.StringToJson", "States.JsonToString", "States.Array", "States.ArrayPartition",
        "States.ArrayContains", "States.ArrayRange", "States.ArrayGetItem", "States.ArrayLength", "States.ArrayUnique",
        "States.Base64Encode", "States.Base64Decode", "States.Hash", "States.JsonMerge", "States.MathRandom",
        "States.MathAdd", "States.StringSplit", "States.UUID"
    };
    private static final String[] EXPRESSIONS = {
        "$states.input",
        "$states.input.a",
        "$states.input.a.b[0]",
        "$states.input.*",
        "$sum($states.input.a)",
        "$states.input.a + 1",
        "$string($states.input)",
        "$map($states.input.a, function($v){$v.b})",
        "$states.input.a ~> $count",
        "$range(0, 5, 2)",
        "$partition($states.input.a, 2)",
        "$parse($states.input.a)",
        "$hash($states.input.a, 'MD5')",
        "function($x){$x}",
        "$states.context.State.Name",
        "$number($states.input.a)",
        "$states.input.a = $states.input.b",
        "$lookup($states.input, 'a')",
        "$error('x')",
        "$states.input{a: b}",
        "($f := function($n){$n <= 0 ? 0 : $f($n - 1)}; $f(50))",
        "$match($states.input.a, /(a+)+$/)"
    };

    private static String call(RandomGenerator random, int depth) {
        var text = new StringBuilder(FUNCTIONS[random.nextInt(FUNCTIONS.length)]).append('(');
        for (var i = random.nextInt(4); i > 0; i--) {
            text.append(argument(random, depth)).append(i > 1 ? ", " : "");
        }
        return text.append(')').toString();
    }

    private static String argument(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 5)) {
            case 0 -> "'" + new String[] {"", "{}", "a,b", "MD5", "\\'", "\\{"}[random.nextInt(6)] + "'";
            case 1 -> String.valueOf(random.nextInt(-5, 2000));
            case 2 -> "true";
            case 3, 4 -> PATHS[random.nextInt(PATHS.length)];
            default -> call(random, depth - 1);
        };
    }

    private static Map<String, Object> jsonPathState(RandomGenerator random) {
        var state = new LinkedHashMap<String, Object>();
        state.put("Type", "Pass");
        if (random.nextInt(3) == 0) {
            state.put("InputPath", PATHS[random.nextInt(PATHS.length)]);
        }
        if (random.nextBoolean()) {
            state.put("Parameters", Map.of("x.$", random.nextBoolean() ? call(random, 2) : argument(random, 0)));
        }
        if (random.nextInt(3) == 0) {
            state.put("ResultPath", new String[] {"$.a.b", "$.a[0]", "$.new", "$"}[random.nextInt(4)]);
        }
        if (random.nextInt(4) == 0) {
            state.put("OutputPath", PATHS[random.nextInt(PATHS.length)]);
        }
        if (random.nextInt(3) == 0) {
            state.put("Assign", Map.of("v.$", PATHS[random.nextInt(PATHS.length)]));
        }
        return state;
    }

    private static Map<String, Object> jsonataState(RandomGenerator random) {
        var state = new LinkedHashMap<String, Object>();
        state.put("Type", "Pass");
        state.put("Output", random.nextBoolean() ? expression(random) : Map.of("x", expression(random)));
        if (random.nextInt(3) == 0) {
            state.put("Assign", Map.of("v", expression(random)));
        }
        return state;
    }

    private static String expression(RandomGenerator random) {
        return "{% " + EXPRESSIONS[random.nextInt(EXPRESSIONS.length)] + " %}";
    }

    @Test
    void nothing_but_an_error_of_the_language_comes_of_it() {
        var ran = 0;
        for (var seed = 0L; seed < 1_500; seed++) {
            var random = new Random(seed);
            var jsonata = random.nextBoolean();
            var state = jsonata ? jsonataState(random) : jsonPathState(random);
            state.put("End", true);
            var definition = Json.print(Map.of(
                    "QueryLanguage", jsonata ? "JSONata" : "JSONPath", "StartAt", "S", "States", Map.of("S", state)));
            var parsed = Asl.parse("seed " + seed, definition);
            if (!parsed.isValid()) {
                continue;
            }
            ran++;
            var input = new LinkedHashMap<String, Object>();
            input.put("a", RandomJson.value(random, 3));
            input.put("b", RandomJson.value(random, 2));
            var machines = Machines.withoutTasks();
            var execution = machines.run(PreparedMachine.of(parsed.machine()), Json.print(input));
            if (execution.status() != ExecutionStatus.SUCCEEDED) {
                assertThat(ERRORS)
                        .as("seed %s: %s: %s", seed, definition, execution.cause())
                        .contains(execution.error());
                assertThat(execution.cause())
                        .as("seed %s: %s", seed, definition)
                        .doesNotContain("could not go on")
                        .doesNotContain("Exception");
            }
        }
        assertThat(ran).isGreaterThan(700);
    }
}
