package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Intent;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Real parameters that no sample showed.
class RunShapeTest {

    @Intent("raw")
    record YearRaw(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/y/{year}", this);
        }
    }

    @Intent("one year is another")
    record Hidden(Year year) implements Made {
        public List<Task> requires() {
            var required = new ArrayList<Task>(List.of(new YearRaw(year)));
            if (year.getValue() == 1999) {
                required.add(new YearRaw(Year.of(1998)));
            }
            return required;
        }

        public Target output() {
            return S3Target.at("s3://lake/h/{year}", this);
        }
    }

    @Test
    void another_number_of_tasks_than_compiled_is_refused() {
        var graph = CheckedGraph.of(Pipeline.of("p", Hidden.class)).orThrow();

        assertThatThrownBy(() -> graph.instance(Map.of("year", "1999")))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("RUN010")
                .hasMessageContaining("Hidden[1999] requires 2 tasks, compiled were 1");
        assertThatThrownBy(() -> graph.task("YearRaw", Map.of("year", "1999"))).hasMessageContaining("RUN010");
    }

    @Intent("another one year")
    record Swapped(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new YearRaw(year.getValue() == 1999 ? Year.of(1900) : year));
        }

        public Target output() {
            return S3Target.at("s3://lake/s/{year}", this);
        }
    }

    @Test
    void another_task_than_compiled_is_refused() {
        var graph = CheckedGraph.of(Pipeline.of("p", Swapped.class)).orThrow();

        assertThatThrownBy(() -> graph.instance(Map.of("year", "1999")))
                .hasMessageContaining("RUN010")
                .hasMessageContaining("Swapped[1999] requires nothing that is YearRaw, which was compiled");
    }

    @Intent("with a year to compare")
    record Compared(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new YearRaw(year), new YearRaw(Year.of(2024)));
        }

        public Target output() {
            return S3Target.at("s3://lake/c/{year}", this);
        }
    }

    @Test
    void two_nodes_that_are_one_task_for_these_parameters_are_refused() {
        var graph = CheckedGraph.of(Pipeline.of("p", Compared.class)).orThrow();

        assertThat(graph.nodes()).extracting(TaskNode::id).containsExactly("Compared", "YearRaw", "YearRaw 2024");
        assertThat(graph.task("YearRaw 2024", Map.of("year", "2023"))).isEqualTo(new YearRaw(Year.of(2024)));
        assertThatThrownBy(() -> graph.instance(Map.of("year", "2024")))
                .hasMessageContaining("RUN011")
                .hasMessageContaining("YearRaw and YearRaw 2024 are both YearRaw[2024]");
    }

    @Intent("left")
    record Left(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new YearRaw(Year.from(day)));
        }

        public Target output() {
            return S3Target.at("s3://lake/l/{day}", this);
        }
    }

    @Intent("both")
    record Both(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Left(day), new YearRaw(day.getYear() == 1999 ? Year.of(1900) : Year.from(day)));
        }

        public Target output() {
            return S3Target.at("s3://lake/b/{day}", this);
        }
    }

    @Test
    void every_edge_is_held_against_the_compiled_shape() {
        var graph = CheckedGraph.of(Pipeline.of("p", Both.class)).orThrow();

        assertThat(graph.instance(Map.of("day", "2000-02-29")).parameters()).containsEntry("day", "2000-02-29");
        assertThatThrownBy(() -> graph.instance(Map.of("day", "1999-12-31"))).hasMessageContaining("RUN010");
    }

    @Test
    void a_parameter_that_is_none_is_refused_with_a_sentence() {
        var graph = CheckedGraph.of(Pipeline.of("p", Both.class)).orThrow();

        assertThatThrownBy(() -> graph.instance(Map.of("day", "1999-2-1")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the parameter \"day\": expected a day such as 2012-07-31, but was \"1999-2-1\"");
        assertThatThrownBy(() -> graph.instance(Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the parameter \"day\" is missing: a day such as 2012-07-31");
        assertThatThrownBy(() -> graph.instance(Map.of("day", "1999-02-01", "dya", "x")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Both has no parameter \"dya\", only \"day\"");
        assertThatThrownBy(() -> graph.task("Nobody", Map.of("day", "1999-02-01")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the pipeline p has no node \"Nobody\"");
    }

    @Intent("sometimes with last year's")
    record Sometimes(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new YearRaw(year), new YearRaw(year.minusYears(1)).onlyIf(year.isLeap()));
        }

        public Target output() {
            return S3Target.at("s3://lake/so/{year}", this);
        }
    }

    @Test
    void a_requirement_that_is_not_needed_keeps_its_place() {
        var graph = CheckedGraph.of(Pipeline.of("p", Sometimes.class)).orThrow();
        var last = graph.node("YearRaw year-1").orElseThrow();

        assertThat(graph.instance(Map.of("year", "2012")).needed(last)).isTrue();
        assertThat(graph.instance(Map.of("year", "2013")).needed(last)).isFalse();
        assertThat(graph.instance(Map.of("year", "2013")).task(last)).isEqualTo(new YearRaw(Year.of(2012)));
    }
}
