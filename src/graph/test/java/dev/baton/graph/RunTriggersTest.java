package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// From the key of an upload to the roots that it may make ready.
class RunTriggersTest {
    private static final RunTriggers.Listing NOTHING = prefix -> Stream.empty();

    enum City {
        SEATTLE,
        NEW_YORK
    }

    @Intent("uploads of a city")
    record Observations(City city, Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/landing/{city}/{year}.csv", this);
        }
    }

    @Intent("one city's year")
    record CityReport(City city, Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Observations(city, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/reports/{city}/{year}", this);
        }
    }

    @Test
    void a_key_tells_the_parameters_by_identity() {
        assertThat(roots(CityReport.class, "s3://lake/landing/new-york/2012.csv"))
                .containsExactly(Map.of("city", "new-york", "year", "2012"));
    }

    @Test
    void a_key_that_no_external_task_has_starts_nothing() {
        var triggers = new RunTriggers(
                CheckedGraph.of(Pipeline.of("p", CityReport.class)).orThrow());
        for (var uri : List.of(
                "s3://lake/landing/boston/2012.csv",
                "s3://lake/landing/seattle/12012.csv",
                "s3://lake/landing/seattle/2012.csv.bak",
                "s3://lake/landing/seattle/x/2012.csv",
                "s3://lake/landing/../landing/seattle/2012.csv",
                "s3://lake/landing/seattle/2012%2ecsv",
                "s3://lake/landing/seattle/２０１２.csv",
                "s3://lake/landing/seattle/2012.csv\n",
                "s3://lake/landing/SEATTLE/2012.csv",
                "s3://lake/landing/new_york/2012.csv",
                "s3://other/landing/seattle/2012.csv",
                "s3://lake/",
                "")) {
            assertThat(triggers.roots(uri, NOTHING)).as(uri).isEmpty();
        }
    }

    @Intent("both cities")
    record Both(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Observations(City.SEATTLE, year), new Observations(City.NEW_YORK, year.minusYears(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/both/{year}", this);
        }
    }

    @Test
    void a_key_tells_the_parameters_by_a_constant_shift() {
        assertThat(roots(Both.class, "s3://lake/landing/seattle/2012.csv")).containsExactly(Map.of("year", "2012"));
        assertThat(roots(Both.class, "s3://lake/landing/new-york/2012.csv")).containsExactly(Map.of("year", "2013"));
        assertThat(roots(Both.class, "s3://lake/landing/new-york/9999.csv")).isEmpty();
    }

    @Intent("a month's file")
    record MonthFile(YearMonth month) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/months/{month:yyyy}/{month:MM}.csv", this);
        }
    }

    @Intent("a day of it")
    record Day(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new MonthFile(YearMonth.from(day)));
        }

        public Target output() {
            return S3Target.at("s3://lake/days/{day}", this);
        }
    }

    @Test
    void a_months_file_starts_each_of_its_days() {
        var days = roots(Day.class, "s3://lake/months/2012/02.csv");
        assertThat(days).hasSize(29).contains(Map.of("day", "2012-02-29")).doesNotContain(Map.of("day", "2012-03-01"));
        assertThat(new RunTriggers(CheckedGraph.of(Pipeline.of("p", Day.class)).orThrow()).fanOut())
                .containsEntry(MonthFile.class, 31);
    }

    @Intent("a day's file")
    record DayFile(LocalDate day) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/daily/{day:yyyy}/{day:MM}/{day:dd}.csv", this);
        }
    }

    @Intent("a day beside the day a month before")
    record MonthBefore(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new DayFile(day), new DayFile(day.minusMonths(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/before/{day}", this);
        }
    }

    @Test
    void the_last_of_february_is_a_month_before_four_days_of_march() {
        assertThat(roots(MonthBefore.class, "s3://lake/daily/2013/02/28.csv"))
                .containsExactlyInAnyOrder(
                        Map.of("day", "2013-02-28"),
                        Map.of("day", "2013-03-28"),
                        Map.of("day", "2013-03-29"),
                        Map.of("day", "2013-03-30"),
                        Map.of("day", "2013-03-31"));
    }

    @Intent("the first of the month, for the whole month")
    record FirstOf(YearMonth month) implements Made {
        public List<Task> requires() {
            return List.of(new DayFile(month.atDay(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/first/{month}", this);
        }
    }

    @Test
    void a_days_file_starts_the_month_that_begins_with_it_and_no_other() {
        assertThat(roots(FirstOf.class, "s3://lake/daily/2013/02/01.csv")).containsExactly(Map.of("month", "2013-02"));
        assertThat(roots(FirstOf.class, "s3://lake/daily/2013/02/02.csv")).isEmpty();
    }

    @Intent("a file for all cities")
    record YearFile(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/years/{year}", this);
        }
    }

    @Intent("a city's part of it")
    record CityPart(City city, Year year) implements Made {
        public List<Task> requires() {
            return List.of(new YearFile(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/parts/{city}/{year}", this);
        }
    }

    @Test
    void an_enum_that_a_key_leaves_open_is_tried_out() {
        var candidates = new RunTriggers(
                        CheckedGraph.of(Pipeline.of("p", CityPart.class)).orThrow())
                .roots("s3://lake/years/2012", NOTHING)
                .orElseThrow();
        assertThat(candidates.parameters())
                .containsExactlyInAnyOrder(
                        Map.of("city", "seattle", "year", "2012"), Map.of("city", "new-york", "year", "2012"));
        assertThat(candidates.partial()).isFalse();
    }

    @Intent("raw number")
    record Num(int n) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/num/{n}", this);
        }
    }

    @Intent("of a hash")
    record Hashed(int n) implements Made {
        public List<Task> requires() {
            return List.of(new Num(n * 31 % 1000 + 61_231));
        }

        public Target output() {
            return S3Target.at("s3://lake/hashed/{n}", this);
        }
    }

    @Test
    void a_root_that_cannot_be_found_again_is_refused_unless_the_author_says_how() {
        assertThat(Made.messages(Hashed.class))
                .containsExactly("TSK040 p/Num: from Num[61448] the parameters of Hashed cannot be found again");

        var told = Pipeline.of("p", Hashed.class).startedBy(Num.class, num -> List.of(new Hashed(7), new Hashed(8)));
        assertThat(Made.codes(told)).as("a way back that forgets the samples").containsExactly("TSK040");

        var right = Pipeline.of("p", Hashed.class)
                .startedBy(
                        Num.class,
                        num -> IntStream.range(-10, 70_000)
                                .filter(n -> n * 31 % 1000 + 61_231 == num.n())
                                .mapToObj(Hashed::new)
                                .toList());
        assertThat(Made.codes(right)).isEmpty();
        var wrong = new RunTriggers(CheckedGraph.ofCompiled(told).orThrow())
                .roots("s3://lake/num/61448", NOTHING)
                .orElseThrow();
        assertThat(wrong.parameters())
                .as("what does not require the upload is not started")
                .containsExactly(Map.of("n", "7"));
    }

    @Intent("what no upload tells")
    record Untold(Year year, int n) implements Made {
        public List<Task> requires() {
            return List.of(new YearFile(year));
        }

        public Target output() {
            return S3Target.at("s3://lake/untold/{year}/{n}", this);
        }
    }

    @Test
    void a_parameter_that_all_externals_leave_open_is_refused() {
        assertThat(Made.messages(Untold.class))
                .containsExactly("TSK041 p/Untold: all external tasks together leave the parameter n open: no upload"
                        + " can start a run");
        assertThat(Made.messages(Pipeline.of("p", CityReport.class).startedBy(YearFile.class, file -> List.of())))
                .containsExactly("TSK042 p/CityReport: startedBy names YearFile, which is not an external task of the"
                        + " pipeline");
    }

    // Partial externals

    @Intent("all airports")
    record Airports() implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/airports.csv", this);
        }
    }

    @Intent("an airport's flights")
    record Flights(
            @Pattern(
                    value = "[A-Z]{3}",
                    samples = {"SEA", "JFK"})
            String airport,

            Year year)
            implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/flights/{airport}/{year}.csv", this);
        }
    }

    @Intent("punctuality")
    record Punctuality(
            @Pattern(
                    value = "[A-Z]{3}",
                    samples = {"SEA", "JFK"})
            String airport,

            Year year)
            implements Made {
        public List<Task> requires() {
            return List.of(new Airports(), new YearFile(year), new Flights(airport, year));
        }

        public Target output() {
            return S3Target.at("s3://lake/punctuality/{airport}/{year}", this);
        }
    }

    @Test
    void in_whatever_order_uploads_come_the_last_one_completes_the_root() {
        var triggers = new RunTriggers(
                CheckedGraph.of(Pipeline.of("p", Punctuality.class)).orThrow());
        var uris = new ArrayList<>(List.of(
                "s3://lake/airports.csv",
                "s3://lake/years/2012",
                "s3://lake/years/2013",
                "s3://lake/flights/SEA/2012.csv",
                "s3://lake/flights/JFK/2012.csv",
                "s3://lake/flights/JFK/2013.csv"));
        for (var seed = 0; seed < 50; seed++) {
            Collections.shuffle(uris, new Random(seed));
            var there = new TreeSet<String>();
            var ready = new TreeSet<String>();
            for (var uri : uris) {
                there.add(uri);
                var candidates = triggers.roots(uri, listing(there)).orElseThrow();
                candidates.parameters().stream()
                        .filter(root -> there.containsAll(Set.of(
                                "s3://lake/airports.csv",
                                "s3://lake/years/" + root.get("year"),
                                "s3://lake/flights/" + root.get("airport") + "/" + root.get("year") + ".csv")))
                        .forEach(root -> ready.add(root.get("airport") + root.get("year")));
            }
            assertThat(ready).as("seed %d", seed).containsExactly("JFK2012", "JFK2013", "SEA2012");
            assertThat(triggers.all(listing(there))).hasSize(3);
        }
    }

    @Test
    void a_partial_external_says_that_it_is_one_and_lists_no_more_than_it_must() {
        var triggers = new RunTriggers(
                CheckedGraph.of(Pipeline.of("p", Punctuality.class)).orThrow());
        var asked = new ArrayList<String>();
        var candidates = triggers.roots("s3://lake/years/2012", prefix -> {
                    asked.add(prefix);
                    return Stream.of("s3://lake/flights/SEA/2012.csv", "s3://lake/flights/JFK/2013.csv");
                })
                .orElseThrow();
        assertThat(candidates.partial()).isTrue();
        assertThat(candidates.parameters()).containsExactly(Map.of("airport", "SEA", "year", "2012"));
        assertThat(asked).containsExactly("s3://lake/flights/");
        assertThat(triggers.roots("s3://lake/flights/SEA/2012.csv", NOTHING)
                        .orElseThrow()
                        .partial())
                .isFalse();
    }

    @Intent("equal to nothing, not even itself")
    record Aloof(Year year) implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/aloof/{year}", this);
        }

        @Override
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @Intent("of the year and the year before")
    record Patient(Year year) implements Made {
        public List<Task> requires() {
            return List.of(new Aloof(year), new Aloof(year.minusYears(1)));
        }

        public Target output() {
            return S3Target.at("s3://lake/patient/{year}", this);
        }
    }

    @Test
    void an_upload_starts_its_runs_whatever_the_own_equals_of_its_task_says() {
        assertThat(Made.codes(Patient.class)).isEmpty();
        assertThat(roots(Patient.class, "s3://lake/aloof/2012"))
                .containsExactlyInAnyOrder(Map.of("year", "2012"), Map.of("year", "2013"));
        assertThat(new RunTriggers(
                                CheckedGraph.of(Pipeline.of("p", Patient.class)).orThrow())
                        .fanOut())
                .containsExactly(Map.entry(Aloof.class, 2));
    }

    @Test
    void the_patterns_of_all_uploads_are_told() {
        var triggers = new RunTriggers(
                CheckedGraph.of(Pipeline.of("p", Punctuality.class)).orThrow());
        assertThat(triggers.patterns())
                .extracting(RunTriggers.Pattern::wildcard)
                .containsExactly("airports.csv", "flights/*/*.csv", "years/*");
        assertThat(triggers.templates())
                .containsExactly(
                        "s3://lake/airports.csv", "s3://lake/flights/{airport}/{year}.csv", "s3://lake/years/{year}");
    }

    private static RunTriggers.Listing listing(TreeSet<String> there) {
        return prefix -> there.stream().filter(uri -> uri.startsWith(prefix));
    }

    private static <R extends Record & Task> Set<Map<String, String>> roots(Class<R> root, String uri) {
        return new RunTriggers(CheckedGraph.of(Pipeline.of("p", root)).orThrow())
                .roots(uri, NOTHING).stream()
                        .flatMap(candidates -> candidates.parameters().stream())
                        .collect(Collectors.toSet());
    }
}
