package dev.baton.cli.access;

import dev.baton.name.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A comparison of access: what changed between two revisions in who may do what.
///
/// It is what the policies mean that is compared: statements put in another order, split, or said with other words that
/// come to the same are no change. Whether several statements together allow what one allowed is not found out, nor
/// what a condition with an operator other than those of strings, ARNs and numbers comes to; such a change counts as
/// wider.
final class AccessComparison {
    /// A right that one revision has and the other has not, or a policy that is new altogether.
    ///
    /// @param what the policy it stands in, such as `weather/baton-weather-Clean`
    /// @param says the right, on one line
    /// @param wider whether somebody may do more than before
    /// @param details for people: what comes nearest in the other revision, or what a new policy says
    record Change(String what, String says, boolean wider, List<String> details) {
        Change {
            details = List.copyOf(details);
        }

        /// What an accept line has to say.
        String line() {
            return what + " " + says;
        }
    }

    private static final int HASH_LENGTH = 12;

    private final List<Change> changes = new ArrayList<>();

    private AccessComparison() {}

    /// Wider ones first, each once.
    static List<Change> of(PolicyRevision before, PolicyRevision after) {
        var comparison = new AccessComparison();
        var all = new TreeSet<>(before.policies().keySet());
        all.addAll(after.policies().keySet());
        for (var what : all) {
            comparison.compare(
                    what, before.policies().get(what), after.policies().get(what));
        }
        var seen = new LinkedHashSet<String>();
        return comparison.changes.stream()
                .sorted((a, b) -> Boolean.compare(b.wider(), a.wider()))
                .filter(change -> seen.add(change.wider() + change.line()))
                .toList();
    }

    private void compare(
            String what,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        var old = before == null ? List.<AccessRight>of() : AccessRight.of(before);
        var now = after == null ? List.<AccessRight>of() : AccessRight.of(after);
        if (before == null
                && what.endsWith(PolicyRevision.BOUNDED_BY)
                && !now.getFirst().isAnywhere()) {
            // A new role within a boundary: what it may do is told with its policy.
            return;
        }
        if (before == null && now.stream().anyMatch(AccessRight::allows)) {
            var rights = now.stream().map(AccessRight::toString).sorted().toList();
            changes.add(new Change(what, "new " + hash(rights), true, rights));
            return;
        }
        for (var right : now) {
            if (!right.isSaidBy(old) && !(right.allows() && right.isTakenBy(now))) {
                changes.add(change(what, right, right.allows(), "", why(right, old)));
            }
        }
        for (var right : old) {
            if (!right.isSaidBy(now) && !(right.allows() && right.isTakenBy(old))) {
                // A denial that is gone is access that is there.
                changes.add(change(what, right, !right.allows(), "no longer ", why(right, now)));
            }
        }
    }

    private static Change change(String what, AccessRight right, boolean wider, String mode, String why) {
        return new Change(what, mode + right, wider, List.of("statement " + right.statement() + "; " + why));
    }

    /// So that whoever accepts a new policy accepts this one, and not whatever it may become.
    private static String hash(List<String> rights) {
        return Sha256.hex(String.join("\n", rights)).substring(0, HASH_LENGTH);
    }

    /// What comes nearest in the other revision.
    private static String why(AccessRight right, List<AccessRight> others) {
        if (others.isEmpty()) {
            return "the other has no such policy";
        }
        var sameAction = others.stream()
                .filter(other -> other.allows() == right.allows())
                .filter(other -> other.action().covers(right.action()))
                .toList();
        if (sameAction.isEmpty()) {
            return "no statement of the other says it of this action";
        }
        var sameResource = sameAction.stream()
                .filter(other -> other.resource().covers(right.resource())
                        && other.principal().covers(right.principal()))
                .toList();
        if (!sameResource.isEmpty()) {
            var nearest = sameResource.getFirst();
            return "statement " + nearest.statement() + " of the other says it under other conditions: "
                    + nearest.limits() + undecided(right, nearest) + together(sameResource);
        }
        return "statement " + sameAction.getFirst().statement() + " of the other says it "
                + sameAction.getFirst().about()
                + (sameAction.size() == 1 ? "" : " and " + (sameAction.size() - 1) + " more")
                + together(sameAction.stream()
                        .filter(other -> other.mayMeet(right))
                        .toList());
    }

    private static String undecided(AccessRight one, AccessRight other) {
        return Stream.of(one, other).flatMap(right -> right.limits().stream()).allMatch(ConditionLimit::isCompared)
                ? ""
                : "; what conditions of such a kind come to is not found out";
    }

    private static String together(List<AccessRight> others) {
        return others.size() < 2 ? "" : "; whether several of them together come to it is not found out";
    }
}
