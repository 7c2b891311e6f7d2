package dev.baton.cli.local;

import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.run.StartResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prints, while `baton run` uploads files, what the pipeline's start function answers to each: which inputs the run
/// still awaits, told once, and which other runs the same uploads start.
final class OutcomesOfRun {
    private final Map<String, String> parameters;
    private final ProgressReport progress;
    private final Map<String, String> others = new LinkedHashMap<>();
    private boolean waits;
    private @Nullable StartResult own;

    /// @param parameters of the run that was asked for, by component
    OutcomesOfRun(Map<String, String> parameters, ProgressReport progress) {
        this.parameters = Map.copyOf(parameters);
        this.progress = progress;
    }

    /// Takes the answer to one upload.
    void take(List<StartResult> results) {
        for (var result : results) {
            if (result.parameters().equals(parameters)) {
                own(result);
            } else if (result instanceof StartResult.Started started) {
                others.put(started.name(), started.execution());
            }
        }
    }

    private void own(StartResult result) {
        if (result instanceof StartResult.Waiting) {
            if (!waits) {
                progress.tell(RunEvent.of(result));
            }
            waits = true;
        } else {
            own = result;
        }
    }

    /// Whether the run that was asked for has been considered with all that it needs.
    boolean isComplete() {
        return own != null;
    }

    /// Tells which runs start.
    ///
    /// @return the ARN of the execution of the run that was asked for: of the last one, where some of its uploads may
    ///     be missing and each that came later started it anew
    Optional<String> tell() {
        others.forEach((name, arn) -> progress.tell(new RunEvent.AlsoStarted(name, arn)));
        if (own == null) {
            return Optional.empty();
        }
        progress.tell(RunEvent.of(own));
        return own instanceof StartResult.OfExecution about && !(own instanceof StartResult.Failed)
                ? Optional.of(about.execution())
                : Optional.empty();
    }
}
