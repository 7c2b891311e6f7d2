package dev.baton.policy;

import dev.baton.run.StrictFields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What policies may ask about a task.
///
/// @param owner the team that owns it: its own, and else its pipeline's
/// @param approvers the teams that have to approve it; empty where nothing waits for an approval
public record GovernedTask(Optional<String> owner, SortedSet<String> approvers) {
    public GovernedTask {
        approvers = Collections.unmodifiableSortedSet(new TreeSet<>(approvers));
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        owner.ifPresent(team -> json.put("owner", team));
        if (!approvers.isEmpty()) {
            json.put("approvers", List.copyOf(approvers));
        }
        return json;
    }

    static GovernedTask of(StrictFields fields) {
        fields.only("owner", "approvers");
        return new GovernedTask(
                fields.maybeString("owner"),
                new TreeSet<>(fields.has("approvers") ? fields.stringList("approvers") : List.of()));
    }
}
