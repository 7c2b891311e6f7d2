package dev.baton.cli.access;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The wider access that somebody has accepted, each with a reason: lines of `statemachines/accepted-access.txt`.
///
/// ```
/// # blank lines and lines that begin with # are for people
/// weather/baton-weather-Clean allow s3:GetObject on arn:… when … # prices are read since the new tariff
/// ```
///
/// What stands before the reason is, word by word, what `baton access --diff` prints after `widened`. A line counts for
/// this one right, or for a new policy just as it is now; one that no change needs any more is told, so that it is
/// removed.
final class AcceptedAccess {
    private static final String REASON = " # ";

    private final Map<String, String> reasons = new LinkedHashMap<>();

    private AcceptedAccess() {}

    /// @throws DiagnosticException CLI032 for lines without a reason
    static AcceptedAccess parse(String source, @Nullable String text) {
        var accepted = new AcceptedAccess();
        var broken = new ArrayList<Diagnostic>();
        var number = 0;
        for (var line : text == null ? List.<String>of() : text.lines().toList()) {
            number++;
            var stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            var at = stripped.lastIndexOf(REASON);
            if (at < 0 || stripped.substring(at + REASON.length()).isBlank()) {
                broken.add(Diagnostic.error(
                        "CLI032",
                        Location.named(source + ":" + number),
                        "accepts wider access without a reason: " + stripped,
                        "end the line in \" # \" and why it is meant"));
                continue;
            }
            accepted.reasons.put(
                    stripped.substring(0, at).strip(),
                    stripped.substring(at + REASON.length()).strip());
        }
        if (!broken.isEmpty()) {
            throw new DiagnosticException(broken);
        }
        return accepted;
    }

    /// The reason for which a change is meant, or null where nobody gave one.
    @Nullable
    String reason(AccessComparison.Change change) {
        return reasons.get(change.line());
    }

    /// The lines that none of the changes needs.
    List<String> unneeded(List<AccessComparison.Change> changes) {
        var needed = changes.stream()
                .filter(AccessComparison.Change::wider)
                .map(AccessComparison.Change::line)
                .toList();
        return reasons.keySet().stream().filter(line -> !needed.contains(line)).toList();
    }
}
