package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Shapes that are as they should be.
class ShapeTest {
    enum City {
        SEATTLE,
        NEW_YORK
    }

    @Intent("Daily observations of one city for one year")
    record Observations(City city, Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/landing/{city}/{year}.csv", this);
        }
    }

    @Intent("Observations without the rows that are no weather")
    record CleanObservations(City city, Year year) implements Task {
        private Observations raw() {
            return new Observations(city, year);
        }

        public List<Task> requires() {
            return List.of(raw());
        }

        public Target output() {
            return S3Target.at("s3://lake/clean/{city}/{year}.csv", this);
        }

        public void run(TaskRun run) throws IOException {
            try (var in = run.input(raw()).reader();
                    var out = run.output().writer()) {
                in.transferTo(out);
            }
        }
    }

    @Intent("Both cities")
    record Report(Year year) implements Task {
        public List<Task> requires() {
            return List.of(new CleanObservations(City.SEATTLE, year), new CleanObservations(City.NEW_YORK, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/report/{year}.html", this);
        }

        public void run(TaskRun run) {}
    }

    @Test
    void a_node_is_named_by_its_class_and_what_is_constant() {
        var graph = CheckedGraph.of(Pipeline.of("weather", Report.class)).orThrow();

        assertThat(graph.nodes())
                .extracting(TaskNode::id)
                .containsExactly(
                        "CleanObservations new-york",
                        "CleanObservations seattle",
                        "Observations new-york",
                        "Observations seattle",
                        "Report");
        var instance = graph.instance(Map.of("year", "1999"));
        assertThat(instance.task(graph.node("Observations new-york").orElseThrow()))
                .isEqualTo(new Observations(City.NEW_YORK, Year.of(1999)));
        assertThat(graph.task("Observations new-york", Map.of("year", "1999")))
                .isEqualTo(new Observations(City.NEW_YORK, Year.of(1999)));
    }
}
