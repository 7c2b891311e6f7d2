package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.RecoveryPolicy;
import dev.baton.task.Pipeline;
import dev.baton.task.Recovery;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.function.Consumer;

/// The checks of a pipeline's policy of recovery: whether it names errors that may pass, and bounds that Step Functions
/// has.
final class RecoveryChecks {
    private static final int MOST_TIMES = 10;
    /// Step Functions redrives within 14 days.
    private static final Duration LONGEST = Duration.ofDays(14);

    private final Pipeline pipeline;
    private final Consumer<Diagnostic> report;

    RecoveryChecks(Pipeline pipeline, Consumer<Diagnostic> report) {
        this.pipeline = pipeline;
        this.report = report;
    }

    void check() {
        pipeline.recovery().ifPresent(this::check);
    }

    private void check(Recovery recovery) {
        if (recovery.on().isEmpty()
                || recovery.on().stream().anyMatch(String::isBlank)
                || recovery.on().size() != new HashSet<>(recovery.on()).size()) {
            report.accept(RecoveryFindings.errors(pipeline, recovery));
        }
        recovery.on().stream()
                .filter(RecoveryPolicy.NEVER::contains)
                .forEach(error -> report.accept(RecoveryFindings.never(pipeline, error)));
        if (recovery.times() < 1 || recovery.times() > MOST_TIMES) {
            report.accept(RecoveryFindings.times(pipeline, recovery.times(), MOST_TIMES));
        }
        try {
            var after = Duration.parse(recovery.after());
            if (after.isNegative()
                    || after.compareTo(LONGEST) >= 0
                    || after.multipliedBy(Math.clamp(recovery.times(), 1, MOST_TIMES))
                                    .compareTo(LONGEST)
                            >= 0) {
                report.accept(RecoveryFindings.period(pipeline, recovery));
            }
        } catch (DateTimeException e) {
            report.accept(RecoveryFindings.after(pipeline, recovery.after()));
        }
    }
}
