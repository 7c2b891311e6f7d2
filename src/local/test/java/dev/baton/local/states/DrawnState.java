package dev.baton.local.states;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A state drawn at random, with an input, a mock of its work and what is taken to have happened before.
///
/// @param definition of a machine whose first state it is
/// @param results of the mock, one for a Task, one for each branch or item of the others; null where it fails
/// @param retries how often its retrier was used before
/// @param failures how many iterations failed, or -1 where nobody says
record DrawnState(
        String type,
        boolean isPaths,
        Map<String, Object> state,
        Map<String, Object> definition,
        Map<String, Object> input,
        List<Object> results,
        int retries,
        int failures) {
    static final String NAME = "S";
    static final String ERROR = "MockedError";
    static final String CAUSE = "it was mocked";

    private static final List<String> TYPES =
            List.of("Pass", "Task", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map", "Map");
    private static final String RESOURCE = "arn:aws:lambda:us-east-1:000000000000:function:f";

    static DrawnState of(Random random) {
        return new Drawing(random).state();
    }

    /// The request that tests the state.
    Map<String, Object> request(String level) {
        var request = new LinkedHashMap<String, Object>();
        request.put("definition", Json.print(definition));
        request.put("stateName", NAME);
        request.put("input", Json.print(input));
        request.put("inspectionLevel", level);
        if (isMocked()) {
            request.put("mock", mock());
            var configuration = new LinkedHashMap<String, Object>();
            configuration.put("retrierRetryCount", retries);
            if (failures >= 0) {
                configuration.put("mapIterationFailureCount", failures);
            }
            request.put("stateConfiguration", configuration);
        }
        return request;
    }

    boolean isMocked() {
        return type.equals("Task") || type.equals("Parallel") || type.equals("Map");
    }

    private Map<String, Object> mock() {
        if (results == null) {
            return Map.of("errorOutput", Map.of("error", ERROR, "cause", CAUSE));
        }
        return Map.of("result", Json.print(type.equals("Task") ? results.getFirst() : results));
    }

    /// Draws a state field by field.
    private static final class Drawing {
        private final Random random;
        private final boolean isPaths;
        private final String type;
        private final Map<String, Object> state = new LinkedHashMap<>();
        private final Map<String, Object> input = new LinkedHashMap<>();
        private boolean isFailing;
        private int failures = -1;
        private int graphs;

        Drawing(Random random) {
            this.random = random;
            this.isPaths = random.nextBoolean();
            this.type = TYPES.get(random.nextInt(TYPES.size()));
            input.put("a", (long) random.nextInt(10));
            input.put("c", Map.of("d", "text"));
            input.put("items", items());
        }

        private List<Object> items() {
            var items = new ArrayList<Object>();
            for (var i = 0; i < 3; i++) {
                items.add((long) i);
            }
            return items;
        }

        DrawnState state() {
            state.put("Type", type);
            isFailing = random.nextInt(2) == 0;
            flow();
            switch (type) {
                case "Choice" -> choice();
                case "Wait" -> state.put("Seconds", 1L);
                case "Fail" -> fail();
                case "Task" -> state.put("Resource", RESOURCE);
                case "Parallel" -> state.put("Branches", List.of(graph(), graph()));
                case "Map" -> map();
                default -> {}
            }
            if (!List.of("Choice", "Succeed", "Fail").contains(type)) {
                state.put("Next", "N");
            }
            var results = new ArrayList<Object>();
            // A Map Run's output is that of the children that succeeded.
            for (var i = 0; i < (type.equals("Parallel") ? 2 : 3 - Math.max(failures, 0)); i++) {
                results.add(Map.of("r", (long) random.nextInt(5)));
            }
            return new DrawnState(
                    type, isPaths, state, machine(), input, isFailing ? null : results, random.nextInt(4), failures);
        }

        private boolean works() {
            return type.equals("Task") || type.equals("Parallel") || type.equals("Map");
        }

        private void flow() {
            if (type.equals("Fail")) {
                return;
            }
            if (isPaths) {
                paths();
            } else {
                may("Output", "{% $states.input.c %}", Map.of("o", "{% $states.input.a %}"), "{% $number('x') %}");
                if (works()) {
                    may("Output", "{% $states.result %}", Map.of("o", "{% $states.result %}"));
                }
                if (type.equals("Task") || type.equals("Parallel")) {
                    may("Arguments", "{% $states.input.c %}", Map.of("x", "{% $states.input.a %}"), Map.of("y", 1L));
                }
            }
            if (!type.equals("Succeed")) {
                may("Assign", isPaths ? Map.of("v.$", "$") : Map.of("v", "{% $states.input.a %}"));
            }
            if (works()) {
                handlers();
            }
        }

        private void paths() {
            may("InputPath", "$", type.equals("Map") || type.equals("Choice") ? "$" : "$.c");
            may("OutputPath", "$", "$.c", "$.absent");
            if (List.of("Task", "Parallel", "Pass").contains(type)) {
                may("Parameters", Map.of("x.$", "$", "n.$", "$$.State.Name"), Map.of("y", 1L));
            }
            if (works() || type.equals("Pass")) {
                may("ResultPath", "$.out", "$");
            }
            if (works()) {
                may("ResultSelector", Map.of("r.$", "$"), Map.of("one", 1L));
            }
            if (type.equals("Pass")) {
                may("Result", Map.of("given", true));
            }
        }

        private void handlers() {
            var names = List.of(ERROR, "States.TaskFailed", "States.ALL", "Other");
            if (random.nextBoolean()) {
                var retrier = new LinkedHashMap<String, Object>();
                retrier.put("ErrorEquals", List.of(names.get(random.nextInt(names.size()))));
                retrier.put("IntervalSeconds", 1L + random.nextInt(3));
                retrier.put("MaxAttempts", (long) random.nextInt(4));
                retrier.put("BackoffRate", 2L);
                state.put("Retry", List.of(retrier));
            }
            if (random.nextBoolean()) {
                var catcher = new LinkedHashMap<String, Object>();
                catcher.put("ErrorEquals", List.of(names.get(random.nextInt(names.size()))));
                catcher.put("Next", "C");
                if (random.nextBoolean()) {
                    catcher.put(isPaths ? "ResultPath" : "Output", isPaths ? "$.error" : "{% $states.errorOutput %}");
                }
                state.put("Catch", List.of(catcher));
            }
        }

        private void choice() {
            var limit = (long) random.nextInt(10);
            state.put(
                    "Choices",
                    List.of(
                            isPaths
                                    ? Map.of("Variable", "$.a", "NumericGreaterThan", limit, "Next", "N")
                                    : Map.of("Condition", "{% $states.input.a > " + limit + " %}", "Next", "N")));
            if (random.nextBoolean()) {
                state.put("Default", "C");
            }
        }

        private void fail() {
            if (isPaths && random.nextBoolean()) {
                state.put("ErrorPath", "$.c.d");
            } else {
                may("Error", "Named");
            }
            may("Cause", "because");
        }

        private void map() {
            var processor = new LinkedHashMap<>(graph());
            var isDistributed = random.nextBoolean();
            processor.put(
                    "ProcessorConfig",
                    isDistributed
                            ? Map.of("Mode", "DISTRIBUTED", "ExecutionType", "STANDARD")
                            : Map.of("Mode", "INLINE"));
            state.put("ItemProcessor", processor);
            state.put("MaxConcurrency", 1L);
            if (isPaths) {
                state.put("ItemsPath", "$.items");
                may("ItemSelector", Map.of("v.$", "$$.Map.Item.Value", "k.$", "$.a"));
            } else {
                state.put("Items", "{% $states.input.items %}");
                may("ItemSelector", Map.of("v", "{% $states.context.Map.Item.Value %}", "k", "{% $states.input.a %}"));
            }
            if (isDistributed) {
                // A Map Run ends with an error of its own, which a mock would only repeat.
                isFailing = false;
                if (random.nextBoolean()) {
                    state.put("ToleratedFailureCount", (long) random.nextInt(2));
                    failures = random.nextInt(4);
                }
            }
        }

        private Map<String, Object> graph() {
            var name = "T" + ++graphs;
            return Map.of(
                    "StartAt", name, "States", Map.of(name, Map.of("Type", "Task", "Resource", RESOURCE, "End", true)));
        }

        private Map<String, Object> machine() {
            var states = new LinkedHashMap<String, Object>();
            states.put(NAME, state);
            var written = Json.print(state);
            for (var next : List.of("N", "C")) {
                if (written.contains("\"" + next + "\"")) {
                    states.put(next, Map.of("Type", "Succeed"));
                }
            }
            var machine = new LinkedHashMap<String, Object>();
            machine.put("QueryLanguage", isPaths ? "JSONPath" : "JSONata");
            machine.put("StartAt", NAME);
            machine.put("States", states);
            return machine;
        }

        private void may(String field, Object... values) {
            if (random.nextBoolean()) {
                state.put(field, values[random.nextInt(values.length)]);
            }
        }
    }
}
