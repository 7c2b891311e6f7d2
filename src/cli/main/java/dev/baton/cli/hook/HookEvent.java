package dev.baton.cli.hook;

import dev.baton.revision.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The change that an event of a repository is about, as two revisions.
///
/// @param before the older one, an id
/// @param after the newer one, an id
public record HookEvent(String before, String after) {
    private static final int FIELDS = 4;

    /// The changes of an event; none where there is nothing older to compare with.
    ///
    /// @param variables of the process: Mercurial tells in `HG_NODE` which changeset it is about
    /// @param told what Git tells of a push, a line a branch: local name, local id, remote name, remote id
    public static List<HookEvent> of(
            Repository repository, String event, Map<String, String> variables, List<String> told) {
        return switch (event) {
            case "pre-push" -> pushed(repository, told);
            case "outgoing" -> since(repository, variables.getOrDefault("HG_NODE", "."), ".");
            case "commit", HookedRepository.VETO ->
                since(repository, variables.getOrDefault("HG_NODE", "."), variables.getOrDefault("HG_NODE", "."));
            default -> since(repository, "HEAD", "HEAD");
        };
    }

    private static List<HookEvent> since(Repository repository, String first, String last) {
        var parents = repository.revision(first).parents();
        return parents.isEmpty()
                ? List.of()
                : List.of(new HookEvent(
                        parents.getFirst(), repository.revision(last).id()));
    }

    private static List<HookEvent> pushed(Repository repository, List<String> told) {
        var events = new ArrayList<HookEvent>();
        for (var line : told) {
            var fields = line.strip().split(" ");
            if (fields.length == FIELDS && !isNothing(fields[1]) && !isNothing(fields[3])) {
                events.add(new HookEvent(
                        repository.revision(fields[3]).id(),
                        repository.revision(fields[1]).id()));
            }
        }
        return events;
    }

    /// What a branch that is new, or taken away, has on one side.
    private static boolean isNothing(String id) {
        return id.chars().allMatch(digit -> digit == '0');
    }
}
