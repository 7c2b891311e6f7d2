package dev.baton.cli.access;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The changes of policies: what policies, before and after, let whom do.
public final class PolicyChanges {
    private PolicyChanges() {}

    /// A right that came or went.
    ///
    /// @param what the policy it stands in
    /// @param says the right, on one line
    /// @param widens whether somebody may do more than before
    /// @param details for people: the statement, and what comes nearest in the other policy
    public record PolicyChange(String what, String says, boolean widens, List<String> details) {
        public PolicyChange {
            details = List.copyOf(details);
        }
    }

    /// Wider ones first, each once. It is what policies mean that is compared, not how they say it.
    ///
    /// @param before policies by what they are about
    /// @param after the same at another time
    public static List<PolicyChange> between(
            SortedMap<String, Map<String, @Nullable Object>> before,
            SortedMap<String, Map<String, @Nullable Object>> after) {
        return AccessComparison.of(new PolicyRevision("before", before, null), new PolicyRevision("after", after, null))
                .stream()
                .map(change -> new PolicyChange(change.what(), change.says(), change.wider(), change.details()))
                .toList();
    }
}
