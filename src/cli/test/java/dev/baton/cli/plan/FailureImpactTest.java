package dev.baton.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.CheckedGraph;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.weather.Weather;
import java.time.Year;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureImpactTest {
    @Intent("a report that the weather's pipeline makes")
    record Reported(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/reports/{year}.html", this);
        }
    }

    @Intent("reads it")
    record Letters(Year year) implements Task {
        @Override
        public List<Reported> requires() {
            return List.of(new Reported(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/letters/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new IllegalStateException("never run");
        }
    }

    private static final Pipeline LETTERS = Pipeline.of("letters", Letters.class);

    private static FailureImpact impact(String year, Set<String> complete) {
        return FailureImpact.of(List.of(Weather.PIPELINE, LETTERS), "weather", Map.of("year", year), complete);
    }

    @Test
    void what_was_not_made_is_told_and_who_waits_for_it_in_other_pipelines() {
        var none = impact("2012", Set.of());
        assertThat(none.missing())
                .hasSize(11)
                .contains(
                        new FailureImpact.Missing("WeatherReport 2012", "s3://lake/reports/2012.html"),
                        new FailureImpact.Missing(
                                "CleanObservations seattle 2012", "s3://lake/clean/seattle/2012.csv"));
        assertThat(none.waiting()).containsExactly("letters 2012");
        assertThat(none.toJson()).containsKeys("notMade", "waiting");

        var nodes = new HashSet<String>();
        CheckedGraph.of(Weather.PIPELINE).orThrow().nodes().forEach(node -> nodes.add(node.id()));
        nodes.remove("WetSpells seattle");
        assertThat(impact("2012", nodes).missing())
                .containsExactly(
                        new FailureImpact.Missing("WetSpells seattle 2012", "s3://lake/spells/seattle/2012.csv"));
        assertThat(impact("2012", nodes).waiting()).isEmpty();
    }

    @Test
    void a_run_of_another_version_or_an_unknown_pipeline_tells_nothing() {
        assertThat(impact("MMXII", Set.of()).missing()).isEmpty();
        assertThat(FailureImpact.of(List.of(LETTERS), "weather", Map.of("year", "2012"), Set.of())
                        .missing())
                .isEmpty();
    }
}
