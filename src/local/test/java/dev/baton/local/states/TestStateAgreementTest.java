package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What TestState answers is what an execution of the same state does, over requests drawn from the whole of what it
/// takes: kind of state, query language, fields, retriers, catchers, mock and configuration. And each level shows what
/// its documentation says. See [Testing state machines with TestState
/// API](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
class TestStateAgreementTest {
    private static final long SEED = 20_261_130;
    private static final int REQUESTS = 500;
    private static final Set<String> OF_PATHS =
            Set.of("afterInputPath", "afterParameters", "afterResultSelector", "afterResultPath", "afterItemsPath");

    private final Set<String> seen = new HashSet<>();

    @Test
    void a_tested_state_does_what_an_executed_one_does() throws IOException {
        try (var aws = EmbeddedAws.start()) {
            for (var i = 0; i < REQUESTS; i++) {
                var drawn = DrawnState.of(new Random(SEED + i));
                try {
                    check(aws, drawn);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + (SEED + i) + ": " + Json.print(drawn.request("DEBUG")), e);
                }
            }
        }
        assertThat(seen)
                .as("what the drawn requests came to")
                .contains("Pass SUCCEEDED", "Wait SUCCEEDED", "Succeed SUCCEEDED", "Fail FAILED")
                .contains("Choice SUCCEEDED", "Choice FAILED")
                .contains("Task SUCCEEDED", "Task RETRIABLE", "Task CAUGHT_ERROR", "Task FAILED")
                .contains("Parallel SUCCEEDED", "Parallel RETRIABLE", "Parallel CAUGHT_ERROR", "Parallel FAILED")
                .contains("Map SUCCEEDED", "Map RETRIABLE", "Map CAUGHT_ERROR", "Map FAILED");
    }

    private void check(EmbeddedAws aws, DrawnState drawn) throws IOException {
        var executed = ExecutedState.of(drawn);
        var answers = new LinkedHashMap<String, Map<String, Object>>();
        for (var level : List.of("INFO", "DEBUG", "TRACE")) {
            answers.put(level, TestStateCall.parsed(TestStateCall.answer(aws, drawn.request(level))));
        }
        var info = answers.get("INFO");
        seen.add(drawn.type() + " " + info.get("status"));
        assertThat(info).as("the answer").isEqualTo(executed.answer(drawn));
        levels(answers);
        var data = data(answers.get("DEBUG"));
        fields(drawn, data);
        details(info, data);
        executed.data(drawn).forEach((name, value) -> {
            if (data.containsKey(name)) {
                assertThat(data.get(name)).as(name).isEqualTo(value);
            }
        });
    }

    /// TRACE shows what DEBUG shows, and DEBUG what INFO shows.
    private static void levels(Map<String, Map<String, Object>> answers) {
        var info = answers.get("INFO");
        var debug = new LinkedHashMap<>(answers.get("DEBUG"));
        assertThat(answers.get("TRACE")).isEqualTo(debug);
        assertThat(info).doesNotContainKey("inspectionData");
        debug.remove("inspectionData");
        assertThat(debug).isEqualTo(info);
    }

    private static void fields(DrawnState drawn, Map<String, Object> data) {
        assertThat(data).containsEntry("input", drawn.input());
        if (drawn.isPaths()) {
            assertThat(data).doesNotContainKey("afterArguments");
        } else {
            assertThat(data).doesNotContainKeys(OF_PATHS.toArray(String[]::new));
        }
        if (drawn.type().equals("Map")) {
            assertThat(data).containsEntry("maxConcurrency", 1L);
            assertThat(data.containsKey("toleratedFailureCount"))
                    .isEqualTo(drawn.state().containsKey("ToleratedFailureCount"));
        } else {
            assertThat(data).doesNotContainKeys("maxConcurrency", "afterItemSelector", "toleratedFailureCount");
        }
    }

    /// Who handled an error is told where somebody did.
    private static void details(Map<String, Object> answer, Map<String, Object> data) {
        var told = new ArrayList<String>();
        if (data.get("errorDetails") instanceof Map<?, ?> details) {
            details.keySet().forEach(name -> told.add((String) name));
        }
        switch ((String) answer.get("status")) {
            case "SUCCEEDED" -> assertThat(told).isEmpty();
            case "RETRIABLE" -> assertThat(told).containsExactlyInAnyOrder("retryIndex", "retryBackoffIntervalSeconds");
            case "CAUGHT_ERROR" ->
                assertThat(told).contains("catchIndex").doesNotContain("retryBackoffIntervalSeconds");
            case "FAILED" -> assertThat(told).isSubsetOf("retryIndex", "catchIndex");
            default -> throw new AssertionError("no status: " + answer);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(Map<String, Object> answer) {
        return (Map<String, Object>) answer.get("inspectionData");
    }
}
