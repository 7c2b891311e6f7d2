package dev.baton.engine;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Valid state machines from a seed: all state types, both query languages, retriers, catchers, nested.
final class RandomMachine {
    private final RandomGenerator random;
    private int names;

    private RandomMachine(RandomGenerator random) {
        this.random = random;
    }

    static String definition(RandomGenerator random) {
        var machine = new RandomMachine(random);
        var definition = machine.graph(2, random.nextBoolean());
        return Json.print(definition);
    }

    private Map<String, @Nullable Object> graph(int depth, boolean jsonata) {
        var graph = new LinkedHashMap<String, @Nullable Object>();
        if (depth == 2) {
            graph.put("QueryLanguage", jsonata ? "JSONata" : "JSONPath");
        }
        var states = new LinkedHashMap<String, @Nullable Object>();
        var count = random.nextInt(1, 5);
        var own = new ArrayList<String>();
        for (var i = 0; i <= count; i++) {
            own.add("S" + names++);
        }
        graph.put("StartAt", own.getFirst());
        for (var i = 0; i < count; i++) {
            states.put(own.get(i), state(own, i, depth, jsonata));
        }
        states.put(
                own.getLast(),
                random.nextInt(6) == 0
                        ? of("Type", "Fail", "Error", "Random", "Cause", "the seed wants it")
                        : of("Type", "Succeed"));
        graph.put("States", states);
        return graph;
    }

    private static Map<String, @Nullable Object> of(@Nullable Object... members) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    private Map<String, @Nullable Object> state(List<String> own, int index, int depth, boolean jsonata) {
        var next = own.get(index + 1);
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> of("Type", "Pass", "Next", next);
            case 1 ->
                jsonata
                        ? of(
                                "Type",
                                "Pass",
                                "Output",
                                "{% {\"in\": $states.input, \"r\": $random()} %}",
                                "Assign",
                                of("v" + index, "{% $uuid() %}"),
                                "Next",
                                next)
                        : of("Type", "Pass", "Parameters", of("in.$", "$", "u.$", "States.UUID()"), "Next", next);
            case 2 -> of("Type", "Wait", "Seconds", (long) random.nextInt(3), "Next", next);
            case 3 ->
                jsonata
                        ? of(
                                "Type",
                                "Choice",
                                "Choices",
                                List.of(of("Condition", "{% $random() < 0.5 %}", "Next", next)),
                                "Default",
                                own.getLast())
                        : of(
                                "Type",
                                "Choice",
                                "Choices",
                                List.of(of("Variable", "$.in", "IsPresent", true, "Next", next)),
                                "Default",
                                own.getLast());
            case 4, 5 ->
                handled(
                        of(
                                "Type",
                                "Task",
                                "Resource",
                                "arn:aws:states:::lambda:invoke",
                                "TimeoutSeconds",
                                5L,
                                "Next",
                                next),
                        own);
            case 6 ->
                handled(
                        of(
                                "Type",
                                "Parallel",
                                "Branches",
                                List.of(graph(depth - 1, jsonata), graph(depth - 1, jsonata)),
                                "Next",
                                next),
                        own);
            default -> handled(map(depth, jsonata, next), own);
        };
    }

    private Map<String, @Nullable Object> map(int depth, boolean jsonata, String next) {
        var processor = of(
                "ProcessorConfig",
                random.nextInt(3) == 0 ? of("Mode", "DISTRIBUTED", "ExecutionType", "STANDARD") : of("Mode", "INLINE"));
        processor.putAll(graph(depth - 1, jsonata));
        var map =
                of("Type", "Map", "MaxConcurrency", (long) random.nextInt(4), "ItemProcessor", processor, "Next", next);
        if (jsonata) {
            map.put("Items", List.of(1L, 2L, 3L));
        } else {
            map.put("ItemsPath", "$$.Execution.Input.items");
        }
        return map;
    }

    private Map<String, @Nullable Object> handled(Map<String, @Nullable Object> state, List<String> own) {
        if (random.nextBoolean()) {
            state.put(
                    "Retry",
                    List.of(of("ErrorEquals", List.of("States.ALL"), "MaxAttempts", 2L, "JitterStrategy", "FULL")));
        }
        if (random.nextBoolean()) {
            state.put("Catch", List.of(of("ErrorEquals", List.of("States.ALL"), "Next", own.getLast())));
        }
        return state;
    }
}
