package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Cron;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.Rate;
import dev.baton.task.S3Target;
import dev.baton.task.Schedule;
import dev.baton.task.Target;
import dev.baton.task.Task;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What schedules propose, and what is wrong with some.
class ScheduleTicksTest {
    enum Side {
        LEFT,
        RIGHT
    }

    @Intent("airports")
    record Airports() implements ExternalTask {
        public Target output() {
            return S3Target.at("s3://lake/airports.csv", this);
        }
    }

    @Intent("a day")
    @Cron(value = "0 6 * * ? *", zone = "Europe/Berlin", shift = "-P1D")
    @Cron("30 23 L * ? *")
    @Rate("1 day")
    record Day(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Airports());
        }

        public Target output() {
            return S3Target.at("s3://lake/days/{day}.csv", this);
        }
    }

    @Intent("the same without a schedule")
    record Unscheduled(LocalDate day) implements Made {
        public List<Task> requires() {
            return List.of(new Airports());
        }

        public Target output() {
            return S3Target.at("s3://lake/days/{day}.csv", this);
        }
    }

    @Intent("all sides of a month, and of its year")
    record Sides(Side side, YearMonth month, boolean upper) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/sides/{side}/{month}/{upper}.csv", this);
        }
    }

    @Intent("Mondays only")
    record Monday(LocalDate day) implements Made {
        Monday {
            if (day.getDayOfWeek() != DayOfWeek.MONDAY) {
                throw new IllegalArgumentException(day + " is not a Monday");
            }
        }

        public Target output() {
            return S3Target.at("s3://lake/mondays/{day}.csv", this);
        }
    }

    @Intent("a text")
    record Text(
            @Pattern(
                    value = "[a-z]+",
                    samples = {"a", "b"})
            String text,

            Year year)
            implements Made {
        public Target output() {
            return S3Target.at("s3://lake/texts/{text}/{year}.csv", this);
        }
    }

    private static List<Diagnostic> findings(Pipeline pipeline) {
        return CheckedGraph.of(pipeline).findings();
    }

    private static List<Map<String, String>> roots(Pipeline pipeline, String tick) {
        return ScheduleTicks.of(CheckedGraph.of(pipeline).orThrow()).getFirst().roots(Instant.parse(tick));
    }

    @Test
    void a_tick_tells_the_day_by_the_clocks_of_its_zone_shifted() {
        var ticks =
                ScheduleTicks.of(CheckedGraph.of(Pipeline.of("days", Day.class)).orThrow());
        assertThat(ticks)
                .extracting(ScheduleTicks::fields)
                .containsExactly("0 6 * * ? *", "30 23 L * ? *", "0 0 * * ? *");
        assertThat(ticks.getFirst().roots(Instant.parse("2026-11-30T05:00:00Z")))
                .containsExactly(Map.of("day", "2026-11-29"));
        assertThat(ticks.get(1).roots(Instant.parse("2026-11-30T23:30:00Z")))
                .containsExactly(Map.of("day", "2026-11-30"));
        // Half past eleven at night in London is tomorrow in Berlin.
        var byBerlin = Pipeline.of("days", Unscheduled.class)
                .scheduled(Schedule.rate("30 minutes").in("Europe/Berlin"));
        assertThat(roots(byBerlin, "2026-11-30T23:30:00Z")).containsExactly(Map.of("day", "2026-12-01"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, -P1D, 2025-12-31",
        "2028-03-01T00:00:00Z, -P1D, 2028-02-29",
        "2026-03-31T00:00:00Z, -P1M, 2026-02-28",
        "2026-11-30T05:00:00Z, -PT6H, 2026-11-29",
        "2026-11-30T05:00:00Z, P1Y, 2027-11-30",
        "2026-11-30T05:00:00Z, P0D, 2026-11-30"
    })
    void a_shift_moves_the_time_for_which_a_tick_stands(String tick, String shift, String day) {
        var pipeline = Pipeline.of("days", Unscheduled.class)
                .scheduled(Schedule.cron("0 * * * ? *").shifted(shift));
        assertThat(roots(pipeline, tick)).containsExactly(Map.of("day", day));
    }

    @Test
    void enums_and_booleans_take_all_their_values() {
        var pipeline = Pipeline.of("sides", Sides.class)
                .scheduled(Schedule.cron("0 0 1 * ? *").shifted("-P1M"));
        assertThat(roots(pipeline, "2026-12-01T00:00:00Z"))
                .containsExactlyInAnyOrder(
                        Map.of("side", "left", "month", "2026-11", "upper", "true"),
                        Map.of("side", "left", "month", "2026-11", "upper", "false"),
                        Map.of("side", "right", "month", "2026-11", "upper", "true"),
                        Map.of("side", "right", "month", "2026-11", "upper", "false"));
    }

    @Test
    void what_the_roots_constructor_refuses_is_not_proposed() {
        var daily = Pipeline.of("mondays", Monday.class).scheduled(Schedule.cron("0 6 * * ? *"));
        assertThat(findings(daily)).isEmpty();
        assertThat(roots(daily, "2026-11-30T06:00:00Z")).containsExactly(Map.of("day", "2026-11-30"));
        assertThat(roots(daily, "2026-12-01T06:00:00Z")).isEmpty();
    }

    @Test
    void a_function_tells_what_ticks_do_not() {
        var pipeline = Pipeline.of("texts", Text.class)
                .scheduled(
                        Schedule.cron("0 0 1 1 ? *"),
                        time -> List.of(new Text("a", Year.from(time)), new Text("b", Year.from(time))));
        assertThat(findings(pipeline)).isEmpty();
        assertThat(roots(pipeline, "2027-01-01T00:00:00Z"))
                .containsExactly(Map.of("text", "a", "year", "2027"), Map.of("text", "b", "year", "2027"));
    }

    @Test
    void a_schedule_tells_what_no_upload_tells() {
        assertThat(findings(Pipeline.of("days", Unscheduled.class)))
                .extracting(Diagnostic::code)
                .containsExactly("TSK041");
        assertThat(findings(Pipeline.of("days", Day.class))).isEmpty();
    }

    @Test
    void the_id_of_a_schedule_is_its_own_and_another_one_changes_it_not() {
        var one = Pipeline.of("days", Unscheduled.class).scheduled(Schedule.cron("0 6 * * ? *"));
        var two = Pipeline.of("days", Unscheduled.class)
                .scheduled(Schedule.cron("0 5 * * ? *"))
                .scheduled(Schedule.cron("0 6 * * ? *"));
        var id = ScheduleTicks.of(CheckedGraph.of(one).orThrow()).getFirst().id();
        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(ScheduleTicks.of(CheckedGraph.of(two).orThrow()))
                .extracting(ScheduleTicks::id)
                .hasSize(2)
                .endsWith(id)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 6 * * *) | UTC | P0D | TSK080 | has 5 fields",
                "cron(0 25 * * ? *) | UTC | P0D | TSK080 | the field hours",
                "rate(7 hours) | UTC | P0D | TSK080 | does not go into an hour or a day",
                "rate(1 week) | UTC | P0D | TSK080 | is not a rate",
                "cron(0 6 * * ? *) | Europe/Bonn | P0D | TSK081 | Europe/Bonn",
                "cron(0 6 * * ? *) | UTC | one day | TSK081 | one day",
                "cron(0 6 30 2 ? *) | UTC | P0D | TSK084 | does not tick",
                "cron(0 6 1 1 ? 2020) | UTC | P0D | TSK084 | does not tick"
            })
    void what_is_wrong_with_a_schedule_is_found_when_it_is_compiled(
            String expression, String zone, String shift, String code, String says) {
        var pipeline = Pipeline.of("days", Unscheduled.class).scheduled(new Schedule(expression, zone, shift));
        assertThat(findings(pipeline)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.message()).contains(says);
        });
    }

    @Test
    void a_parameter_that_no_tick_tells_is_an_error() {
        assertThat(findings(Pipeline.of("texts", Text.class).scheduled(Schedule.rate("1 hour"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("TSK082");
                    assertThat(finding.message()).contains("the parameter text of Text");
                });
    }

    @Test
    void a_function_that_fails_or_answers_differently_or_never_is_an_error() {
        var count = new AtomicInteger();
        var pipeline = Pipeline.of("texts", Text.class);
        var cron = Schedule.cron("0 6 * * ? *");
        for (var wrong : List.of(
                pipeline.scheduled(cron, time -> List.of(new Text("a", Year.of(2000 + count.getAndIncrement())))),
                pipeline.<Text>scheduled(cron, time -> {
                    throw new IllegalStateException("out of order");
                }),
                pipeline.<Text>scheduled(cron, time -> List.of()),
                pipeline.scheduled(cron, time -> List.of(new Text("A", Year.from(time)))))) {
            assertThat(findings(wrong)).extracting(Diagnostic::code).containsExactly("TSK083");
        }
    }
}
