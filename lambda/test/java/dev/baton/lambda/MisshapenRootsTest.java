package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.baton.json.Json;
import dev.baton.run.ExecutionInput;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A root that has no graph keeps no other from starting, and is told.
class MisshapenRootsTest {
    private static final String SUNRISE = "landing/sunrise.txt";

    private final Farm farm = new Farm();
    private final RequestStreamHandler start = Farm.startOf("vigil", InstantSource.system());

    @BeforeEach
    void three_mornings_and_a_sunrise() {
        for (var day : List.of("2012-02-22", "2012-02-23", "2012-02-24")) {
            farm.aws.objects().put(Farm.LAKE, "landing/dew/" + day + ".txt", "wet");
        }
        farm.aws.objects().put(Farm.LAKE, SUNRISE, "6:41");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> call(Map<String, ?> event) {
        return (List<Map<String, Object>>) farm.call(start, event, farm.wires()).get("results");
    }

    private void othersStartAndOneIsTold(List<Map<String, Object>> results) {
        assertThat(results)
                .extracting(result -> result.get("outcome"))
                .containsExactlyInAnyOrder("started", "misshapen", "started");
        assertThat(results)
                .filteredOn(result -> result.get("outcome").equals("misshapen"))
                .singleElement()
                .isEqualTo(Map.of(
                        "outcome", "misshapen",
                        "parameters", Map.of("day", "2012-02-23"),
                        "code", "RUN010",
                        "reason", "Vigil[2012-02-23] requires 3 tasks, compiled were 2",
                        "remedy", "let requires() name the same tasks for all parameters, and deploy again"));
        assertThat(farm.aws.states().executions())
                .extracting(execution ->
                        ExecutionInput.of(Json.parse(execution.input())).parameters())
                .containsExactlyInAnyOrder(Map.of("day", "2012-02-22"), Map.of("day", "2012-02-24"));
    }

    @Test
    void the_event_of_an_object_that_all_of_them_read_starts_the_others() {
        othersStartAndOneIsTold(call(Farm.created(Farm.LAKE, SUNRISE)));
    }

    @Test
    void a_sweep_starts_the_others() {
        othersStartAndOneIsTold(call(Map.of("sweep", true)));
    }

    @Test
    void the_event_of_what_only_it_reads_tells_of_it_and_does_not_come_again() {
        assertThat(call(Farm.created(Farm.LAKE, "landing/dew/2012-02-23.txt")))
                .singleElement()
                .satisfies(result -> assertThat(result)
                        .containsEntry("outcome", "misshapen")
                        .containsEntry("parameters", Map.of("day", "2012-02-23")));
        assertThat(farm.aws.states().executions()).isEmpty();
    }
}
