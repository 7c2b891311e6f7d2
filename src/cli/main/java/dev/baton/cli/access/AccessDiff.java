package dev.baton.cli.access;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A diff of access: what became wider and what narrower between two revisions, for people.
public final class AccessDiff {
    private AccessDiff() {}

    /// What became wider and was not accepted, a line each, in texts by their paths in `statemachines`. What was accepted
    /// before counts.
    public static List<String> wider(Map<String, String> before, Map<String, String> after) {
        var old = PolicyRevision.ofTexts("now", before);
        var accepted = AcceptedAccess.parse(PolicyRevision.ACCEPTED, old.accepted());
        return AccessComparison.of(old, PolicyRevision.ofTexts("proposed", after)).stream()
                .filter(change -> change.wider() && accepted.reason(change) == null)
                .map(AccessComparison.Change::line)
                .toList();
    }

    /// Prints the changes, wider ones first.
    ///
    /// @param before a folder, or a revision of the sources
    /// @param after the same; its file of accepted changes counts
    /// @param home where the sources are
    /// @return whether everything that became wider was accepted
    public static boolean print(String before, String after, Path home, PrintWriter out) throws IOException {
        var old = PolicyRevision.of(before, home);
        var now = PolicyRevision.of(after, home);
        var accepted = AcceptedAccess.parse(after + ": " + PolicyRevision.ACCEPTED, now.accepted());
        var changes = AccessComparison.of(old, now);
        var wider = 0;
        var open = 0;
        for (var change : changes) {
            var reason = change.wider() ? accepted.reason(change) : null;
            wider += change.wider() ? 1 : 0;
            open += change.wider() && reason == null ? 1 : 0;
            out.println((change.wider() ? "widened   " : "narrowed  ") + change.line());
            if (reason == null) {
                change.details().forEach(detail -> out.println("            " + detail));
            } else {
                out.println("            accepted: " + reason);
            }
        }
        accepted.unneeded(changes).forEach(line -> out.println("unneeded  " + line));
        out.printf("%d widened (%d accepted), %d narrowed%n", wider, wider - open, changes.size() - wider);
        if (open > 0) {
            out.println("Where this is meant, add the line after \"widened\" to statemachines/"
                    + PolicyRevision.ACCEPTED + ", followed by \" # \" and the reason.");
        }
        return open == 0;
    }
}
