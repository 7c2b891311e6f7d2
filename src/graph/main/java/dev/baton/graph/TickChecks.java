package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.schedule.ScheduleProblem;
import dev.baton.task.InvalidInput;
import dev.baton.task.Schedule;
import dev.baton.task.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The checks of schedules, whether each schedule of a pipeline can be read, ticks at all, and proposes roots: tried
/// out with several ticks.
final class TickChecks {
    /// Before a leap day, the ends of months of every length, of a summer time and of a year; and from now on in 2026,
    /// for schedules of some years only.
    private static final List<Instant> TRIED = List.of(
            Instant.parse("2024-02-28T12:00:00Z"),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.parse("2025-03-29T12:00:00Z"),
            Instant.parse("2025-04-30T12:00:00Z"),
            Instant.parse("2025-10-25T12:00:00Z"),
            Instant.parse("2025-12-31T12:00:00Z"),
            Instant.parse("2026-01-01T00:00:00Z"));

    /// How many ticks more are tried of a schedule that has proposed nothing: a year of days.
    private static final int PATIENCE = 400;

    private final TaskGraph graph;
    private final Consumer<Diagnostic> report;

    TickChecks(TaskGraph graph, Consumer<Diagnostic> report) {
        this.graph = graph;
        this.report = report;
    }

    void check() {
        var ids = new HashMap<String, Schedule>();
        graph.pipeline().schedules().forEach((schedule, told) -> {
            var ticks = read(schedule, told);
            if (ticks.isPresent()) {
                var other = ids.put(ticks.get().id(), schedule);
                if (other != null) {
                    report.accept(PipelineFindings.schedule(schedule, "cannot be told from " + other + " by its name"));
                }
                check(ticks.get());
            }
        });
    }

    private Optional<ScheduleTicks> read(
            Schedule schedule, Optional<Function<ZonedDateTime, List<? extends Task>>> told) {
        Optional<ScheduleTicks> read = Optional.empty();
        try {
            ScheduleTicks.expression(schedule.expression());
        } catch (ScheduleProblem e) {
            report.accept(PipelineFindings.schedule(schedule, String.valueOf(e.getMessage())));
            return read;
        } catch (IllegalArgumentException e) {
            report.accept(PipelineFindings.schedule(schedule, String.valueOf(e.getMessage())));
            return read;
        }
        try {
            ScheduleTicks.zone(schedule.zone());
            ScheduleTicks.shift(schedule.shift());
            read = Optional.of(new ScheduleTicks(graph, schedule, told));
        } catch (DateTimeException e) {
            report.accept(PipelineFindings.scheduleZone(schedule, String.valueOf(e.getMessage())));
        }
        return read;
    }

    private void check(ScheduleTicks ticks) {
        var untold = ticks.untold();
        if (untold.isPresent()) {
            report.accept(PipelineFindings.scheduleTellsNot(ticks.schedule(), untold.get(), graph.pipeline()));
            return;
        }
        var tried = new ArrayList<Instant>();
        TRIED.forEach(time -> ticks.after(time).ifPresent(tried::add));
        if (ticks.after(TRIED.getLast()).isEmpty()) {
            report.accept(PipelineFindings.scheduleNever(ticks.schedule()));
            return;
        }
        var proposed = 0;
        for (var tick : tried) {
            try {
                var roots = ticks.roots(tick);
                if (!roots.equals(ticks.roots(tick))) {
                    report.accept(PipelineFindings.scheduleRoots(
                            ticks.schedule(), tick, "proposes " + roots + ", and asked again " + ticks.roots(tick)));
                    return;
                }
                roots.forEach(graph::instance);
                proposed += roots.size();
            } catch (DiagnosticException e) {
                report.accept(PipelineFindings.scheduleRoots(
                        ticks.schedule(), tick, e.diagnostics().getFirst().message()));
                return;
            } catch (InvalidInput e) {
                report.accept(PipelineFindings.scheduleRoots(ticks.schedule(), tick, String.valueOf(e.getMessage())));
                return;
            } catch (RuntimeException e) {
                report.accept(PipelineFindings.scheduleRoots(ticks.schedule(), tick, "fails with " + e));
                return;
            }
        }
        try {
            if (proposed == 0 && !proposesLater(ticks, tried.getLast())) {
                report.accept(PipelineFindings.scheduleRoots(
                        ticks.schedule(), tried.getFirst(), "proposes nothing, nor does any other that was tried"));
            }
        } catch (RuntimeException e) {
            report.accept(PipelineFindings.scheduleRoots(
                    ticks.schedule(), tried.getLast(), "or one after it fails with " + e));
        }
    }

    /// A daily tick whose root takes the first Monday of a quarter proposes little, but not nothing.
    private static boolean proposesLater(ScheduleTicks ticks, Instant last) {
        var tick = Optional.of(last);
        for (var i = 0; i < PATIENCE && tick.isPresent(); i++) {
            if (!ticks.roots(tick.get()).isEmpty()) {
                return true;
            }
            tick = ticks.after(tick.get());
        }
        return false;
    }
}
