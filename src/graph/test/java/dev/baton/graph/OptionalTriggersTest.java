package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// From keys to the roots that they may make ready, where not every root needs every external task.
class OptionalTriggersTest {
    @Intent("the rates of all days")
    record Rates() implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/rates.csv", this);
        }
    }

    @Intent("a day's file")
    record Raw(LocalDate day) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/raw/{day}.csv", this);
        }
    }

    @Intent("what Saturdays bring")
    record Extra(LocalDate day) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/extra/{day}.csv", this);
        }
    }

    @Intent("more on Saturdays")
    record Daily(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Extra(day).onlyIf(day.getDayOfWeek() == DayOfWeek.SATURDAY), new Raw(day), new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/daily/{day}", this);
        }
    }

    /// Monday to Saturday.
    private static final List<String> WEEK =
            IntStream.range(4, 10).mapToObj(day -> "2013-02-0" + day).toList();

    @Test
    void whichever_comes_last_all_roots_are_found_that_do_not_need_what_only_some_need() {
        var triggers =
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", Daily.class)).orThrow());
        var there = new TreeSet<String>();
        WEEK.forEach(day -> there.add("s3://lake/raw/" + day + ".csv"));
        there.addAll(List.of("s3://lake/extra/2013-02-09.csv", "s3://lake/rates.csv"));

        assertThat(days(found(triggers, "s3://lake/rates.csv", there))).containsExactlyElementsOf(WEEK);
        assertThat(days(triggers.all(listing(there)))).containsExactlyElementsOf(WEEK);
        assertThat(days(found(triggers, "s3://lake/extra/2013-02-09.csv", there)))
                .containsExactly("2013-02-09");
        assertThat(days(found(triggers, "s3://lake/extra/2013-02-08.csv", there)))
                .as("Fridays do not need it")
                .isEmpty();
    }

    @Intent("on Saturdays the extra, else the day's file")
    record Either(LocalDate day) implements Made {
        public List<Task> requires() {
            var saturday = day.getDayOfWeek() == DayOfWeek.SATURDAY;
            return List.of(new Extra(day).onlyIf(saturday), new Raw(day).onlyIf(!saturday), new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/either/{day}", this);
        }
    }

    @Test
    void what_is_told_by_one_file_or_the_other_is_looked_for_among_both() {
        var triggers =
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", Either.class)).orThrow());
        var there = new TreeSet<String>();
        WEEK.forEach(day -> there.add("s3://lake/raw/" + day + ".csv"));
        there.add("s3://lake/extra/2013-02-16.csv");
        there.add("s3://lake/rates.csv");

        assertThat(days(found(triggers, "s3://lake/rates.csv", there)))
                .as("the raw file of a Saturday tells of nothing")
                .containsExactly("2013-02-04", "2013-02-05", "2013-02-06", "2013-02-07", "2013-02-08", "2013-02-16");
        assertThat(days(triggers.all(listing(there)))).hasSize(6);
    }

    @Intent("only Saturdays have a file")
    record Saturdays(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Extra(day).onlyIf(day.getDayOfWeek() == DayOfWeek.SATURDAY), new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/saturdays/{day}", this);
        }
    }

    @Intent("all days but Saturdays have a file")
    record NoSaturdays(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(day).onlyIf(day.getDayOfWeek() != DayOfWeek.SATURDAY), new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/no-saturdays/{day}", this);
        }
    }

    @Test
    void a_root_that_nothing_it_needs_tells_is_refused() {
        assertThat(Made.messages(Saturdays.class))
                .singleElement()
                .asString()
                .startsWith("TSK060 p/Saturdays: Saturdays[")
                .endsWith("] needs only Rates[], from which day cannot be told: no upload would start it");
        assertThat(Made.codes(NoSaturdays.class)).containsExactly("TSK060");
        assertThat(Made.codes(Either.class)).isEmpty();
    }

    @Intent("a Saturday's extra and nothing else")
    record Leisure(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Extra(day).onlyIf(day.getDayOfWeek() == DayOfWeek.SATURDAY));
        }

        public Target output() {
            return S3Target.at("s3://lake/leisure/{day}", this);
        }
    }

    @Test
    void a_root_that_needs_nothing_is_started_by_nothing_which_is_said() {
        assertThat(Made.codes(Leisure.class)).containsExactly("TSK061");
        assertThat(CheckedGraph.of(Pipeline.of("p", Leisure.class)).graph()).isPresent();
        var triggers =
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", Leisure.class)).orThrow());
        var there = new TreeSet<>(Set.of("s3://lake/extra/2013-02-08.csv", "s3://lake/extra/2013-02-09.csv"));
        assertThat(days(triggers.all(listing(there)))).containsExactly("2013-02-09");
        assertThat(days(found(triggers, "s3://lake/extra/2013-02-08.csv", there)))
                .isEmpty();
    }

    @Intent("left out in silence")
    record Sly(LocalDate day) implements Made {
        public List<Task> requires() {
            var raw = new Raw(day);
            return List.of(
                    new Extra(day), day.getDayOfWeek() == DayOfWeek.SATURDAY ? raw.onlyIf(false) : raw, new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/sly/{day}", this);
        }
    }

    @Test
    void a_condition_that_is_not_said_for_all_parameters_is_refused() {
        assertThat(Made.messages(Sly.class))
                .singleElement()
                .asString()
                .startsWith("TSK062 p/Raw: Sly[")
                .endsWith("], and nothing says that this may be");
    }

    @Intent("an extra on one day of a month only")
    record Payday(LocalDate day) implements Made {
        public List<Task> requires() {
            var paid = day.getDayOfMonth() == 23;
            return paid ? List.of(new Raw(day), new Rates(), new Extra(day)) : List.of(new Raw(day), new Rates());
        }

        public Target output() {
            return S3Target.at("s3://lake/payday/{day}", this);
        }
    }

    @Intent("a lot")
    record Lot(int n) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/lots/{n}", this);
        }
    }

    @Intent("a lot and a certain one")
    record Compared(int n) implements Made {
        public List<Task> requires() {
            return List.of(new Lot(n), new Lot(77));
        }

        public Target output() {
            return S3Target.at("s3://lake/compared/{n}", this);
        }
    }

    @Test
    void a_root_with_another_graph_is_warned_of_and_proposed_so_that_who_starts_runs_can_tell_of_it() {
        assertThat(Made.messages(Payday.class))
                .singleElement()
                .asString()
                .startsWith("TSK063 p/Payday: Payday[")
                .contains("-23] cannot run, and what would start it passes it over: Payday[")
                .endsWith("-23] requires 3 tasks, compiled were 2 (RUN010)");
        assertThat(Made.messages(Compared.class))
                .singleElement()
                .asString()
                .startsWith("TSK063 p/Compared: Compared[77] cannot run")
                .endsWith(" are both Lot[77] (RUN011)");
        var triggers =
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", Payday.class)).orThrow());
        var there = new TreeSet<>(
                Set.of("s3://lake/raw/2012-02-22.csv", "s3://lake/raw/2012-02-23.csv", "s3://lake/rates.csv"));
        assertThat(days(found(triggers, "s3://lake/rates.csv", there))).containsExactly("2012-02-22", "2012-02-23");
        assertThat(days(triggers.all(listing(there)))).containsExactly("2012-02-22", "2012-02-23");
    }

    @Intent("a month's file")
    record MonthFile(YearMonth month) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/months/{month}.csv", this);
        }
    }

    @Intent("the month of three days ago")
    record Lately(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new MonthFile(YearMonth.from(day.minusDays(3))));
        }

        public Target output() {
            return S3Target.at("s3://lake/lately/{day}", this);
        }
    }

    @Intent("the days of a month")
    record Month(YearMonth month) implements Made {
        public List<Task> requires() {
            var required = new ArrayList<Task>();
            for (var day = 0; day < 31; day++) {
                required.add(new Raw(month.atDay(1).plusDays(day)).onlyIf(day < month.lengthOfMonth()));
            }
            return required;
        }

        public Target output() {
            return S3Target.at("s3://lake/month/{month}", this);
        }
    }

    @Intent("sixty days from the first of a month")
    record Sixty(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(month.atDay(1).plusDays(60)));
        }

        public Target output() {
            return S3Target.at("s3://lake/sixty/{month}", this);
        }
    }

    @Test
    void days_and_months_are_found_from_each_other_across_their_ends() {
        assertThat(found(Lately.class, "s3://lake/months/2013-02.csv"))
                .hasSize(28)
                .contains(Map.of("day", "2013-02-04"), Map.of("day", "2013-03-03"))
                .doesNotContain(Map.of("day", "2013-02-03"), Map.of("day", "2013-03-04"));
        assertThat(found(Month.class, "s3://lake/raw/2013-02-28.csv")).containsExactly(Map.of("month", "2013-02"));
        assertThat(found(Month.class, "s3://lake/raw/2013-03-01.csv"))
                .as("not February, which is over then")
                .containsExactly(Map.of("month", "2013-03"));
        assertThat(found(Sixty.class, "s3://lake/raw/2013-03-02.csv")).containsExactly(Map.of("month", "2013-01"));
        assertThat(found(Sixty.class, "s3://lake/raw/2013-03-03.csv")).isEmpty();
    }

    @Intent("a span of days")
    record Span(LocalDate from, LocalDate to) implements Made {
        public List<Task> requires() {
            return List.of(new Raw(from), new Extra(to), new Pair(to, from));
        }

        public Target output() {
            return S3Target.at("s3://lake/span/{from}/{to}", this);
        }
    }

    @Intent("two days")
    record Pair(LocalDate one, LocalDate other) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/pairs/{one}/{other}.csv", this);
        }
    }

    @Test
    void of_two_days_each_component_is_held_by_its_own_though_all_samples_are_of_one_year() {
        var pipeline = Pipeline.of("p", Span.class)
                .samples(
                        new Span(LocalDate.of(2013, 2, 27), LocalDate.of(2013, 3, 2)),
                        new Span(LocalDate.of(2013, 3, 1), LocalDate.of(2013, 3, 4)));
        assertThat(Made.codes(pipeline)).isEmpty();
        var there = new TreeSet<>(Set.of(
                "s3://lake/raw/2014-01-01.csv",
                "s3://lake/extra/2013-01-05.csv",
                "s3://lake/pairs/2013-01-05/2014-01-01.csv"));
        for (var last : there) {
            assertThat(found(new RunTriggers(CheckedGraph.of(pipeline).orThrow()), last, there))
                    .containsExactly(Map.of("from", "2014-01-01", "to", "2013-01-05"));
        }
    }

    @Test
    void a_join_of_what_every_root_needs_lists_each_prefix_once_and_what_tells_most() {
        var triggers =
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", Span.class)).orThrow());
        var asked = new ArrayList<String>();
        triggers.roots("s3://lake/extra/2013-01-05.csv", prefix -> {
            asked.add(prefix);
            return Stream.of();
        });
        assertThat(asked).containsExactly("s3://lake/pairs/2013-01-05/");

        asked.clear();
        new RunTriggers(CheckedGraph.of(Pipeline.of("p", Month.class)).orThrow()).all(prefix -> {
            asked.add(prefix);
            return Stream.of();
        });
        assertThat(asked).containsExactly("s3://lake/raw/");
    }

    private static <R extends Record & Task> List<Map<String, String>> found(Class<R> root, String uri) {
        return found(
                new RunTriggers(CheckedGraph.of(Pipeline.of("p", root)).orThrow()), uri, new TreeSet<>(Set.of(uri)));
    }

    private static List<Map<String, String>> found(RunTriggers triggers, String uri, TreeSet<String> there) {
        return triggers.roots(uri, listing(there)).orElseThrow().parameters();
    }

    private static List<String> days(Collection<Map<String, String>> roots) {
        return roots.stream().map(root -> root.get("day")).sorted().toList();
    }

    private static RunTriggers.Listing listing(TreeSet<String> there) {
        return prefix -> there.stream().filter(uri -> uri.startsWith(prefix));
    }
}
