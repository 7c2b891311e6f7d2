package dev.baton.cli.audit;

import dev.baton.cli.openlineage.ExportTime;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The range of evidence that is asked for.
///
/// @param from the first time that belongs to it
/// @param to the first time that does not belong to it any more
/// @param controls for which it is evidence; all where empty
/// @param pipelines by name; all where empty
public record AuditScope(Instant from, Instant to, SortedSet<String> controls, SortedSet<String> pipelines) {

    public AuditScope {
        controls = Collections.unmodifiableSortedSet(new TreeSet<>(controls));
        pipelines = Collections.unmodifiableSortedSet(new TreeSet<>(pipelines));
    }

    /// The range that words name.
    ///
    /// @param from a time, or a day in UTC; null for the beginning
    /// @param to the same; null for now
    /// @throws dev.baton.diagnostic.DiagnosticException CLI078, CLI143, CLI152
    public static AuditScope of(
            @Nullable String from,
            @Nullable String to,
            SortedSet<String> controls,
            SortedSet<String> pipelines,
            Instant now) {
        var begin = ExportTime.of(from);
        var end = to == null ? now : ExportTime.of(to);
        if (end.isAfter(now)) {
            throw AuditFindings.notPast(String.valueOf(to), now);
        }
        if (!begin.isBefore(end)) {
            throw AuditFindings.emptyRange(begin, end);
        }
        for (var control : controls) {
            if (!AuditKind.allControls().contains(control)) {
                throw AuditFindings.unknownControl(control);
            }
        }
        return new AuditScope(begin, end, controls, pipelines);
    }

    /// As anchors have it: `<from>/<to>`.
    public String range() {
        return EvidenceLine.shown(from) + "/" + EvidenceLine.shown(to);
    }

    boolean covers(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    boolean covers(EvidenceLine line) {
        return covers(line.time()) && asks(line.kind());
    }

    boolean asks(AuditKind kind) {
        return controls.isEmpty() || kind.controls().stream().anyMatch(controls::contains);
    }

    boolean asksPipeline(String name) {
        return pipelines.isEmpty() || pipelines.contains(name);
    }
}
