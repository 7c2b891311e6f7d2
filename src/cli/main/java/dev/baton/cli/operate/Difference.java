package dev.baton.cli.operate;

import dev.baton.cli.deploy.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a deployment would change, told apart by what it means.
///
/// @param kind what the change is about
/// @param change the place
/// @param widens whether it allows more than before
public record Difference(Kind kind, Change change, boolean widens) {

    /// What a change is about.
    public enum Kind {
        /// What executions do.
        DEFINITION,
        /// What functions run.
        CODE,
        /// Who may do what.
        PERMISSION,
        /// All else: memory, variables, rules.
        SETTING
    }

    /// All differences, sorted by kind.
    ///
    /// @param before what was compiled for the last deployment
    /// @param after what is compiled now, for the versions of functions that are deployed
    public static List<Difference> between(Snapshot before, Snapshot after) {
        var names = new TreeSet<String>(before.parts().keySet());
        names.addAll(after.parts().keySet());
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            for (var change : statements(
                    Change.between(name, before.parts().get(name), after.parts().get(name)),
                    before.parts().get(name),
                    after.parts().get(name))) {
                differences.add(of(change));
            }
        }
        differences.sort((a, b) -> a.kind().compareTo(b.kind()));
        return differences;
    }

    private static Difference of(Change change) {
        var resource = change.resource();
        var first = change.path().isEmpty() ? "" : change.path().getFirst();
        if (resource.startsWith("state machine ") && first.equals("definition")) {
            return new Difference(Kind.DEFINITION, change, false);
        }
        if (resource.startsWith("function ") && (first.equals("identity") || first.isEmpty())) {
            return new Difference(Kind.CODE, change, false);
        }
        if (resource.startsWith("role ") || resource.startsWith("boundary ") || first.equals("policy")) {
            var statement = change.path().contains("Statement");
            return new Difference(
                    Kind.PERMISSION,
                    change,
                    statement
                            ? Widening.of(change.before(), change.after())
                            : change.before() == null || first.equals("boundary"));
        }
        return new Difference(
                resource.startsWith("state machine ") && first.isEmpty() ? Kind.DEFINITION : Kind.SETTING,
                change,
                false);
    }

    /// Changes inside of a statement as one change of the statement.
    private static List<Change> statements(List<Change> changes, @Nullable Object before, @Nullable Object after) {
        var whole = new LinkedHashMap<List<String>, Change>();
        for (var change : changes) {
            var at = change.path().indexOf("Statement");
            var path = at < 0 || at + 2 > change.path().size()
                    ? change.path()
                    : change.path().subList(0, at + 2);
            whole.computeIfAbsent(
                    path, there -> new Change(change.resource(), there, inside(before, there), inside(after, there)));
        }
        return List.copyOf(whole.values());
    }

    private static @Nullable Object inside(@Nullable Object part, List<String> path) {
        var value = part;
        for (var name : path) {
            value = switch (value) {
                case Map<?, ?> map -> map.get(name);
                case List<?> list -> list.get(Integer.parseInt(name));
                case null, default -> null;
            };
        }
        return value;
    }

    /// The members of the change, `kind` and `widens`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("widens", widens);
        json.putAll(change.toJson());
        return json;
    }
}
