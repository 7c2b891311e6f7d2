package dev.baton.engine.replay;

import dev.baton.engine.execution.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of comparing a replayed case with its recording.
///
/// @param pass status, error and output are the recorded ones
/// @param cause and so is the cause
/// @param strict as [#pass], and so are the types of the events; null where the recording has no events
/// @param differences what differs, a line each, for people
/// @param details what differs below that, a line each: what events tell and follow, what tasks were asked, and
///     recorded tasks that did not run
/// @param execution what was run, or null where nothing could be
public record Verdict(
        RecordedCase recorded,
        boolean pass,
        boolean cause,
        @Nullable Boolean strict,
        List<String> differences,
        List<String> details,
        @Nullable Execution execution) {

    public Verdict {
        differences = List.copyOf(differences);
        details = List.copyOf(details);
    }

    /// Whether nothing differs in any tier, nor below.
    public boolean isDeeplyExact() {
        return isExact() && details.isEmpty();
    }

    /// Whether nothing differs in any tier.
    public boolean isExact() {
        return pass && cause && !Boolean.FALSE.equals(strict);
    }
}
