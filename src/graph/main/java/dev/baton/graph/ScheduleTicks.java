package dev.baton.graph;

import dev.baton.diagnostic.schedule.CronExpression;
import dev.baton.diagnostic.schedule.RateExpression;
import dev.baton.task.Schedule;
import dev.baton.task.Task;
import dev.baton.task.parameter.CalendarType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;

/// The ticks of one schedule of a pipeline, and the roots that each proposes.
///
/// A tick is the time for which it was planned, so equal ticks propose equal roots however late they come and however
/// often: what is proposed is then considered like any other root, and starts at most once.
public final class ScheduleTicks {
    private final TaskGraph graph;
    private final Schedule schedule;
    private final Optional<Function<ZonedDateTime, List<? extends Task>>> told;
    private final CronExpression cron;
    private final ZoneId zone;
    private final TemporalAmount shift;

    /// @throws ScheduleProblem when the expression, the zone or the shift is none
    ScheduleTicks(TaskGraph graph, Schedule schedule, Optional<Function<ZonedDateTime, List<? extends Task>>> told) {
        this.graph = graph;
        this.schedule = schedule;
        this.told = told;
        this.cron = expression(schedule.expression());
        this.zone = zone(schedule.zone());
        this.shift = shift(schedule.shift());
    }

    /// The ticks of a pipeline, by its schedules: what else proposes runs, beside [RunTriggers].
    public static List<ScheduleTicks> of(TaskGraph graph) {
        return graph.pipeline().schedules().entrySet().stream()
                .map(schedule -> new ScheduleTicks(graph, schedule.getKey(), schedule.getValue()))
                .toList();
    }

    /// The clock that the ticks are by: a rate is counted from midnight UTC.
    private ZoneId clock() {
        return schedule.expression().startsWith("rate(") ? ZoneId.of("UTC") : zone;
    }

    static CronExpression expression(String text) {
        if (!text.startsWith("rate(")) {
            return CronExpression.parse(text);
        }
        var rate = RateExpression.parse(text);
        return CronExpression.parse(rate.byTheClock()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text
                        + "\" does not go into an hour or a day without a rest, so that nobody could tell its ticks")));
    }

    /// @throws DateTimeException when there is no such zone
    static ZoneId zone(String name) {
        return ZoneId.of(name);
    }

    /// @throws DateTimeException when it is not a period
    static TemporalAmount shift(String text) {
        return text.contains("T") ? Duration.parse(text) : Period.parse(text);
    }

    public Schedule schedule() {
        return schedule;
    }

    /// What names end in: eight digits that the schedule itself gives, so that no other schedule changes them.
    public String id() {
        var sum = new CRC32();
        sum.update(schedule.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /// The fields of the cron expression by which it ticks, a rate's too.
    public String fields() {
        return cron.toString();
    }

    /// The time zone by whose clocks it ticks.
    public String zone() {
        return clock().getId();
    }

    /// The first tick after a time, if any comes.
    public Optional<Instant> after(Instant time) {
        return cron.after(time, clock());
    }

    /// The last tick at or before a time, if any came.
    public Optional<Instant> until(Instant time) {
        return cron.until(time, clock());
    }

    /// The roots that a tick proposes, canonically printed: none that the root's constructor refuses.
    public List<Map<String, String>> roots(Instant tick) {
        var stands = tick.atZone(zone).plus(shift);
        var parameters = graph.rootParameters();
        var roots = new LinkedHashSet<Map<String, String>>();
        if (told.isPresent()) {
            told.get().apply(stands).forEach(root -> roots.add(parameters.print(root)));
            return List.copyOf(roots);
        }
        for (var values : values(stands)) {
            try {
                roots.add(parameters.print(parameters.make(values.toArray())));
            } catch (IllegalArgumentException e) {
                // The root refuses these values, Mondays only say: there is no such run.
                continue;
            }
        }
        return List.copyOf(roots);
    }

    private Collection<List<Object>> values(ZonedDateTime stands) {
        Collection<List<Object>> all = List.of(List.of());
        for (var parameter : graph.rootParameters().all()) {
            var type = parameter.type();
            var values = type instanceof CalendarType calendar
                    ? List.of(calendar.at(calendar.convert(
                            CalendarType.DAY, stands.toLocalDate().toEpochDay())))
                    : type.samples();
            var longer = new ArrayList<List<Object>>();
            for (var beginning : all) {
                for (var value : values) {
                    var more = new ArrayList<>(beginning);
                    more.add(value);
                    longer.add(List.copyOf(more));
                }
            }
            all = longer;
        }
        return all;
    }

    /// The name of a root's parameter that no tick tells, if there is one.
    Optional<String> untold() {
        return told.isPresent()
                ? Optional.empty()
                : graph.rootParameters().all().stream()
                        .filter(parameter -> !(parameter.type() instanceof CalendarType)
                                && parameter.type().alternatives().isEmpty())
                        .map(parameter -> parameter.name())
                        .findFirst();
    }
}
