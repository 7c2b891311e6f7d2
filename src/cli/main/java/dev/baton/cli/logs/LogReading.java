package dev.baton.cli.logs;

import dev.baton.cli.deploy.read.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The reading of logs: all that is there, and what comes until an execution has ended.
public final class LogReading {
    private static final Duration NEAR = Duration.ofMillis(200);
    /// An account has ten searches a second for all of its callers.
    private static final Duration FAR = Duration.ofSeconds(5);
    /// Logs come some seconds after what they tell of.
    private static final int LATE_READINGS = 2;

    private final Endpoint endpoint;
    private final LogSubject subject;
    private final AttemptLogs attempts;
    private final @Nullable MachineLog machine;
    private final Predicate<LogLine> shown;

    /// @param shown which lines are told
    public LogReading(Endpoint endpoint, LogSubject subject, Predicate<LogLine> shown) {
        this.endpoint = endpoint;
        this.subject = subject;
        this.attempts = new AttemptLogs(
                endpoint.logs(),
                subject.groups(),
                subject.pattern(),
                subject.wanted(),
                Math.max(0, subject.from().toEpochMilli()));
        this.machine = subject.execution() == null ? null : new MachineLog(endpoint.states(), subject.execution());
        this.shown = shown;
    }

    /// Tells what came since it was last called, in the order of the times.
    public void read(Consumer<LogLine> told) {
        news().stream().filter(shown).forEach(told);
    }

    private List<LogLine> news() {
        var news = new ArrayList<>(attempts.news());
        if (machine != null) {
            news.addAll(machine.news());
        }
        news.removeIf(line -> line.time().isBefore(subject.from()));
        news.sort(Comparator.comparing(LogLine::time));
        return news;
    }

    /// Tells what is there and what comes, until the execution has ended; a task has no end.
    public void follow(Consumer<LogLine> told) throws InterruptedException {
        var pause = endpoint.address() == null ? FAR : NEAR;
        int left = endpoint.address() == null ? LATE_READINGS : 1;
        while (true) {
            // First the status: what was written before is read after.
            var isOver = subject.execution() != null && !subject.isRunning(endpoint);
            read(told);
            if (isOver && left-- == 0) {
                return;
            }
            Thread.sleep(pause);
        }
    }
}
