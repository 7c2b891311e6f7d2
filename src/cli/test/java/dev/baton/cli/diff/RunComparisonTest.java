package dev.baton.cli.diff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.lineage.OutputTemplates;
import dev.baton.graph.CheckedGraph;
import dev.baton.run.Pin;
import dev.baton.run.RunReference;
import dev.baton.weather.Weather;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// Runs that cannot be compared; nothing is asked of an endpoint for it.
class RunComparisonTest {
    private static final Instant START = Instant.parse("2026-11-22T05:00:00Z");

    private static ComparedRun run(String pipeline, Map<String, String> parameters) {
        var execution = DescribeExecutionResponse.builder()
                .name(pipeline + "-1")
                .startDate(START)
                .build();
        var there = new DeployedPipeline(pipeline, "a", "m", "s", "state", Map.of());
        var run = new RunReference(pipeline, "r", START, parameters);
        return new ComparedRun(execution, there, new Pin(run, Map.of()), Map.of());
    }

    private static void compare(ComparedRun a, ComparedRun b) {
        try (var nowhere = new Endpoint(URI.create("http://127.0.0.1:1"), "us-east-1", "a", "b")) {
            RunComparison.of(
                    a,
                    b,
                    CheckedGraph.of(Weather.PIPELINE).orThrow(),
                    new OutputTemplates(List.of()),
                    nowhere,
                    finding -> {});
        }
    }

    @Test
    void two_runs_are_of_one_pipeline() {
        var weather = run("weather", Map.of("year", "2012"));
        assertThatThrownBy(() -> compare(weather, run("other", Map.of("year", "2012"))))
                .hasMessageContaining("CLI070 at weather-1 and other-1")
                .hasMessageContaining("are executions of weather and of other");
    }

    @Test
    void a_run_of_another_code_is_told() {
        var weather = run("weather", Map.of("year", "2012"));
        assertThatThrownBy(() -> compare(weather, run("weather", Map.of("month", "2012-01"))))
                .hasMessageContaining("CLI071 at weather-1")
                .hasMessageContaining("cannot be told with the code that is here");
    }
}
