package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.TargetFindingsTest.City;
import dev.baton.graph.TargetFindingsTest.Observations;
import dev.baton.graph.TargetFindingsTest.Same;
import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each thing that a graph must not be, in its own words.
class GraphFindingsTest {

    record Silent(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/silent/{year}", this);
        }
    }

    @Test
    void a_task_without_an_intent_is_refused() {
        assertThat(Made.messages(Silent.class)).containsExactly("TSK001 p/Silent: no intent is given");
    }

    @Intent("one")
    record One(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Two(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/same/{year}", this);
        }
    }

    @Intent("two")
    record Two(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/same/{year}", this);
        }
    }

    @Test
    void two_tasks_with_one_target_are_refused() {
        assertThat(Made.messages(One.class))
                .as("once, whatever the samples")
                .containsExactly(
                        "TSK002 p/One: One[2013] and Two[2013] both write s3://lake/same/2013",
                        "TSK008 p/One: output s3://lake/same/{year} can be the output of Two s3://lake/same/{year}");
    }

    @Intent("scored")
    record Scored(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/scored/{year}", this);
        }

        public List<Access> uses() {
            return List.of(Access.read("s3://lake/weights/"), Access.write("s3://lake/other/"));
        }

        public Map<String, String> identities() {
            return Map.of(
                    "prices", "release 7", "weights", "s3://lake/weights/VERSION", "other", "s3://lake/other/VERSION");
        }
    }

    @Test
    void an_identity_is_an_object_that_the_task_reads() {
        assertThat(Made.messages(Scored.class))
                .containsExactly(
                        "RUN045 p/Scored: identities() names s3://lake/other/VERSION, which uses() does not read");
    }

    @Intent("a")
    record A(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new B(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/a/{year}", this);
        }
    }

    @Intent("b")
    record B(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new A(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/b/{year}", this);
        }
    }

    @Test
    void a_graph_with_a_cycle_is_refused() {
        assertThat(Made.messages(A.class)).containsExactly("TSK003 p/A: requires itself: A -> B -> A");
    }

    @Intent("yesterday's and so on")
    record Endless(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Endless(day.minusDays(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/e/{day}", this);
        }
    }

    @Test
    void a_chain_without_end_is_refused_after_the_limit() {
        assertThat(Made.messages(Endless.class).getFirst())
                .startsWith("TSK004 p/Endless: more than 300 tasks: requires() seems to go on for ever: … -> Endless[");
    }

    static final class NoRecord implements Made {
        public Target output() {
            return S3Target.at("s3://lake/n", this);
        }
    }

    @Intent("asks for what is not a record")
    record AsksNoRecord() implements Made {
        public List<Task> requires() {
            return List.of(new NoRecord());
        }

        public Target output() {
            return S3Target.at("s3://lake/x", this);
        }
    }

    @Intent("an upload that wants something")
    record Wanting(Year year) implements ExternalTask {
        public List<Task> requires() {
            return List.of(new Two(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/w/{year}", this);
        }
    }

    @Intent("asks for it")
    record AsksWanting(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Wanting(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/aw/{year}", this);
        }
    }

    @Test
    void a_task_that_is_no_record_and_an_external_task_that_requires_are_refused() {
        assertThat(Made.messages(AsksNoRecord.class))
                .containsExactly(
                        "TSK005 p/AsksNoRecord: requires a " + NoRecord.class.getName() + ", which is not a record");
        assertThat(Made.messages(AsksWanting.class))
                .contains("TSK005 p/Wanting: is completed by somebody else, but requires Two[2013]");
        assertThat(Made.messages(Wanting.class))
                .contains("TSK005 p/Wanting: is the root, but somebody else completes it");
    }

    @Intent("fails when asked")
    record Failing(Year year) implements Made {
        public List<Task> requires() {
            throw new IllegalStateException("no idea");
        }

        public Target output() {
            return S3Target.at("s3://lake/f/{year}", this);
        }
    }

    @Intent("answers null")
    record Null(Year year) implements Made {
        public Target output() {
            return null;
        }
    }

    @Test
    void a_task_that_does_not_answer_is_refused() {
        assertThat(Made.messages(Failing.class))
                .contains("TSK006 p/Failing: requires() of Failing[2013] failed: java.lang.IllegalStateException: no"
                        + " idea");
        assertThat(Made.messages(Null.class)).containsExactly("TSK006 p/Null: output() of Null[2013] answered null");
    }

    @Intent("no values")
    record NoValues(String name) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/n/{name}", this);
        }
    }

    @Intent("one value")
    record OneValue(int n) implements Made {
        OneValue {
            if (n != 7) {
                throw new IllegalArgumentException("only 7");
            }
        }

        public Target output() {
            return S3Target.at("s3://lake/o/{n}", this);
        }
    }

    @Intent("no value")
    record Never(int n) implements Made {
        Never {
            if (n > -1_000_000) {
                throw new IllegalArgumentException("never");
            }
        }

        public Target output() {
            return S3Target.at("s3://lake/o/{n}", this);
        }
    }

    @Intent("Mondays")
    record Mondays(LocalDate monday) implements Made {
        Mondays {
            if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
                throw new IllegalArgumentException("expected a Monday, but was " + monday);
            }
        }

        public Target output() {
            return S3Target.at("s3://lake/m/{monday}", this);
        }
    }

    @Intent("from and to")
    record Span(LocalDate from, LocalDate to) implements Made {
        Span {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException("from is after to");
            }
        }

        public Target output() {
            return S3Target.at("s3://lake/m/{from}/{to}", this);
        }
    }

    @Test
    void parameters_without_sample_values_are_refused_and_refused_values_are_moved() {
        assertThat(Made.messages(NoValues.class))
                .containsExactly("TSK020 p/NoValues: String name has no sample values");
        assertThat(Made.messages(OneValue.class))
                .containsExactly("TSK021 p/OneValue: its constructor accepts only one of the sample values of n, as in"
                        + " OneValue[7]: whatever depends on it would seem constant");
        assertThat(Made.messages(Never.class))
                .containsExactly("TSK021 p/Never: its constructor accepts none of the sample values");
        assertThat(Made.codes(Mondays.class)).isEmpty();
        assertThat(Made.codes(Span.class)).isEmpty();
        assertThat(Made.codes(Pipeline.of("p", NoValues.class).samples(new NoValues("x"), new NoValues("y"))))
                .isEmpty();
        assertThat(CheckedGraph.of(Pipeline.of("p", Never.class).samples(new Never(-1_000_000), new Never(-2_000_000)))
                        .orThrow()
                        .sampleRoots())
                .hasSize(2);
    }

    @Intent("a secret")
    record Secret(@Pattern(samples = {"a", "b"}) String apiToken) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/s/{apiToken}", this);
        }
    }

    @Intent("a list")
    record Listed(List<String> names) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/s/{names}", this);
        }
    }

    @Intent("its accessor is its target")
    record Itself(Target output) implements Made {}

    @Intent("asks for it")
    record AsksListed(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Listed(List.of("" + year)));
        }

        public Target output() {
            return S3Target.at("s3://lake/al/{year}", this);
        }
    }

    @Test
    void components_that_are_no_parameters_are_refused() {
        assertThat(Made.messages(Secret.class))
                .containsExactly("TSK022 p/Secret: the component apiToken seems to be a secret, and records print"
                        + " themselves");
        assertThat(Made.messages(AsksListed.class).getFirst())
                .startsWith("TSK023 p/Listed: names is a java.util.List<java.lang.String>, but a parameter is an int,");
        assertThat(Made.messages(Itself.class))
                .containsExactly("TSK023 p/Itself: the component output is a Target, whose accessor would stand for"
                        + " output()");
    }

    @Intent("changes its mind")
    record Fickle(Year year) implements Made {
        private static int asked;

        public List<Task> requires() {
            return asked++ % 2 == 0 ? List.of() : List.of(new Two(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/f/{year}", this);
        }
    }

    @Intent("a day")
    record Day(LocalDate day) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/d/{day}", this);
        }
    }

    @Intent("as many days as the month has")
    record Month(YearMonth month) implements Made {
        public List<Task> requires() {
            return IntStream.rangeClosed(1, month.lengthOfMonth())
                    .<Task>mapToObj(n -> new Day(month.atDay(n)))
                    .toList();
        }

        public Target output() {
            return S3Target.at("s3://lake/m/{month}", this);
        }
    }

    @Test
    void a_shape_that_depends_on_the_parameters_is_refused_and_the_parameter_is_named() {
        assertThat(Made.messages(Fickle.class))
                .contains("TSK030 p/Fickle: requires() of Fickle[2013] gave two different answers for the same"
                        + " record");
        assertThat(Made.messages(Month.class).getFirst())
                .isEqualTo("TSK031 p/Month: the parameter month changes the shape: Month[2013-07] requires {Day=31},"
                        + " but Month[2012-02] requires {Day=29}");
    }

    @Intent("raw")
    record YearRaw(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/y/{year}", this);
        }
    }

    @Intent("once by chance the same")
    record TwiceRaw(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new YearRaw(year), new YearRaw(Year.of(2014)));
        }

        public Target output() {
            return S3Target.at("s3://lake/t/{year}", this);
        }
    }

    @Intent("today's")
    record Today(Year year) implements Made {
        public List<Task> requires() {
            return new Helper().days().stream().<Task>map(Day::new).toList();
        }

        public Target output() {
            return S3Target.at("s3://lake/t/{year}", this);
        }
    }

    static final class Helper {
        List<LocalDate> days() {
            return List.of(LocalDate.now());
        }
    }

    @Intent("in any order")
    record AnyOrder(Year year) implements Made {
        public List<Task> requires() {
            return List.copyOf(Set.of(new YearRaw(year), new YearRaw(year.minusYears(1))));
        }

        public Target output() {
            return S3Target.at("s3://lake/t/{year}", this);
        }
    }

    @Test
    void what_cannot_be_told_apart_or_depends_on_the_clock_is_refused() {
        assertThat(Made.messages(TwiceRaw.class).getFirst())
                .isEqualTo("TSK033 p/YearRaw: two places of the graph are one task: YearRaw and YearRaw 2014 are both"
                        + " YearRaw[2014]");
        assertThat(Made.messages(Today.class))
                .contains("TSK034 p/Today: requires() calls LocalDate.now in GraphFindingsTest.Helper.days: the graph"
                        + " would depend on when and where it is asked");
        assertThat(Made.messages(AnyOrder.class))
                .containsExactly("TSK034 p/AnyOrder: requires() calls Set.of, whose order differs between JVMs");
        assertThat(Made.ids(AnyOrder.class)).containsExactly("AnyOrder", "YearRaw", "YearRaw year-1");
    }

    @Intent("a cell")
    record Cell(int row, int n) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/cell/{row}/{n}", this);
        }
    }

    @Intent("squares and cubes, now in this order, now in that")
    record Scattered(int n) implements Made {
        public List<Task> requires() {
            var tasks = new ArrayList<Task>(List.of(new Cell(1, n * n), new Cell(1, n * n * n + 1), new Cell(2, n)));
            return n % 2 == 0 ? tasks.reversed() : tasks;
        }

        public Target output() {
            return S3Target.at("s3://lake/sc/{n}", this);
        }
    }

    @Test
    void an_order_on_which_the_tasks_do_not_agree_is_refused() {
        assertThat(Made.messages(Scattered.class))
                .containsExactly("TSK035 p/Scattered: which Cell of Scattered[7] is which cannot be told from the"
                        + " parameters");
    }

    @Intent("always the first the square")
    record Squares(int n) implements Made {
        public List<Task> requires() {
            return List.of(new Cell(0, n * n + 1_000_000), new Cell(0, -n * n - 1_000_000));
        }

        public Target output() {
            return S3Target.at("s3://lake/sq/{n}", this);
        }
    }

    @Test
    void position_decides_only_among_what_parameters_leave_equal() {
        assertThat(Made.ids(Squares.class)).containsExactly("Cell 0", "Cell 0 #2", "Squares");
        var graph = CheckedGraph.of(Pipeline.of("p", Squares.class)).orThrow();
        assertThat(graph.task("Cell 0 #2", Map.of("n", "3"))).isEqualTo(new Cell(0, -1_000_009));
    }

    @Test
    void all_findings_come_at_once() {
        assertThat(Made.codes(Everything.class)).contains("TSK001", "TSK007", "TSK010", "TSK034");
    }

    record Everything(Year year) implements Task {
        public List<Task> requires() {
            return List.of(new Observations(City.SEATTLE, year), new Today(year), new Same(year), new Misspelt(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/every/{year}", this);
        }

        public void run(TaskRun run) {}
    }

    @Intent("names what is not there")
    record Misspelt(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/mis/{yaer}", this);
        }
    }
}
