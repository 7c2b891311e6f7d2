package dev.baton.engine.bench;

import dev.baton.asl.definition.Asl;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.json.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A state machine to measure with.
///
/// @param transitions how many states one execution enters
record Workload(
        String name, PreparedMachine machine, @Nullable Object input, int transitions) {

    static Workload chain(boolean jsonata, int length) {
        var states = IntStream.range(0, length)
                .mapToObj(i -> "\"S" + i + "\":{\"Type\":\"Pass\","
                        + (jsonata ? "\"Output\":\"{% $states.input %}\"," : "")
                        + (i + 1 < length ? "\"Next\":\"S" + (i + 1) + "\"}" : "\"End\":true}"))
                .collect(Collectors.joining(","));
        return of("a chain of " + length, jsonata, "S0", states, "{\"city\":\"seattle\",\"year\":2012}", length);
    }

    static Workload map(boolean jsonata, int items) {
        var states = "\"M\":{\"Type\":\"Map\",\"End\":true,"
                + (jsonata ? "\"Items\":\"{% $states.input.items %}\"," : "\"ItemsPath\":\"$.items\",")
                + "\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}}";
        var input = "{\"items\":"
                + IntStream.range(0, items).boxed().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))
                + "}";
        return of("b map over " + items, jsonata, "M", states, input, items + 1);
    }

    static Workload parallel(int branches, int length) {
        var states = IntStream.range(0, branches)
                .mapToObj(b -> "{\"StartAt\":\"B" + b + "S0\",\"States\":{"
                        + IntStream.range(0, length)
                                .mapToObj(i -> "\"B" + b + "S" + i + "\":{\"Type\":\"Pass\","
                                        + (i + 1 < length
                                                ? "\"Next\":\"B" + b + "S" + (i + 1) + "\"}"
                                                : "\"End\":true}"))
                                .collect(Collectors.joining(","))
                        + "}}")
                .collect(Collectors.joining(","));
        return of(
                "c parallel " + branches + " x " + length,
                false,
                "P",
                "\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + states + "]}",
                "{\"city\":\"seattle\"}",
                branches * length + 1);
    }

    static Workload loop(boolean jsonata, int rounds) {
        var states = jsonata
                ? "\"C\":{\"Type\":\"Choice\",\"Default\":\"E\",\"Choices\":["
                        + "{\"Condition\":\"{% $states.input.n < " + rounds + " %}\",\"Next\":\"A\"}]},"
                        + "\"A\":{\"Type\":\"Pass\",\"Output\":{\"n\":\"{% $states.input.n + 1 %}\"},\"Next\":\"C\"},"
                        + "\"E\":{\"Type\":\"Succeed\"}"
                : "\"C\":{\"Type\":\"Choice\",\"Default\":\"E\",\"Choices\":["
                        + "{\"Variable\":\"$.n\",\"NumericLessThan\":" + rounds + ",\"Next\":\"A\"}]},"
                        + "\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"n.$\":\"States.MathAdd($.n, 1)\"},\"Next\":\"C\"},"
                        + "\"E\":{\"Type\":\"Succeed\"}";
        return of("d loop of " + rounds, jsonata, "C", states, "{\"n\":0}", rounds * 2 + 2);
    }

    static Workload five() {
        return chain(false, 5);
    }

    /// Pass, then a task with a timeout that never completes.
    static Workload waiting() {
        return of(
                "waiting",
                false,
                "A",
                "\"A\":{\"Type\":\"Pass\",\"Next\":\"T\"},\"T\":{\"Type\":\"Task\",\"End\":true,"
                        + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"TimeoutSeconds\":86400,"
                        + "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$$.Task.Token\"}}",
                "{\"city\":\"seattle\",\"year\":2012}",
                2);
    }

    private static Workload of(
            String name, boolean jsonata, String start, String states, String input, int transitions) {
        var language = jsonata ? "\"QueryLanguage\":\"JSONata\"," : "";
        var text = "{" + language + "\"StartAt\":\"" + start + "\",\"States\":{" + states + "}}";
        var machine = PreparedMachine.of(Asl.parse(name, text).orThrow());
        return new Workload((jsonata ? "JSONata  " : "JSONPath ") + name, machine, Json.parse(input), transitions);
    }
}
