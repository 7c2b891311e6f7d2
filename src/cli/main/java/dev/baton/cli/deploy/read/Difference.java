package dev.baton.cli.deploy.read;

import dev.baton.cli.access.PolicyChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Something that a deployment would change.
///
/// @param resource as [PipelineSnapshot] names it
/// @param place in the resource; the right itself, where it is about permissions
/// @param says what would be changed, for people
/// @param widens whether somebody may do more than before
/// @param edited whether somebody made it so by hand since the last deployment, which the next one takes back
/// @param before what it is; null where there is nothing, or where it is about permissions
/// @param after what it would be; the same
public record Difference(
        Kind kind,
        String resource,
        String place,
        String says,
        boolean widens,
        boolean edited,
        @Nullable Object before,
        @Nullable Object after) {

    /// The subject of a change.
    public enum Kind {
        /// What executions do.
        DEFINITION,
        /// What functions run.
        CODE,
        /// Who may do what.
        PERMISSION,
        /// All else: memory, variables, rules.
        SETTING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// All differences, sorted by kind.
    ///
    /// @param before what is there
    /// @param after what is compiled now, for the versions of functions that are deployed
    /// @param edits what somebody changed by hand
    public static List<Difference> between(
            PipelineSnapshot before, PipelineSnapshot after, List<ResourceChange> edits) {
        var names = new TreeSet<String>(before.parts().keySet());
        names.addAll(after.parts().keySet());
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            for (var change : ResourceChange.between(
                    name, before.parts().get(name), after.parts().get(name))) {
                if (!isAccess(change)) {
                    differences.add(of(change, edits.stream().anyMatch(change::touches)));
                }
            }
        }
        PolicyChanges.between(policies(before), policies(after))
                .forEach(change -> differences.add(of(
                        change,
                        edits.stream()
                                .filter(Difference::isAccess)
                                .anyMatch(edit -> edit.resource()
                                        .equals(change.what().replaceFirst("/(trust|bounded-by)$", ""))))));
        differences.sort((a, b) -> a.kind().compareTo(b.kind()));
        return differences;
    }

    /// Who may do what is told by what policies mean, not by their text.
    private static boolean isAccess(ResourceChange change) {
        return change.resource().startsWith("role ")
                || change.resource().startsWith("boundary ")
                || (change.resource().startsWith("bucket ")
                        && !change.path().isEmpty()
                        && change.path().getFirst().equals("policy"));
    }

    private static Difference of(ResourceChange change, boolean edited) {
        var resource = change.resource();
        var member = change.path().isEmpty() ? "" : change.path().getFirst();
        var kind = resource.startsWith("state machine ") && (member.isEmpty() || member.equals("definition"))
                ? Kind.DEFINITION
                : (resource.startsWith("function ") && (member.isEmpty() || member.equals("identity")))
                                || (resource.startsWith("task definition ")
                                        && (member.isEmpty() || member.equals("image")))
                        ? Kind.CODE
                        : Kind.SETTING;
        return new Difference(
                kind, resource, change.place(), says(kind, change), false, edited, change.before(), change.after());
    }

    private static String says(Kind kind, ResourceChange change) {
        if (change.path().isEmpty()) {
            return change.before() == null ? "is new" : "goes";
        }
        if (kind == Kind.CODE) {
            return "runs other code";
        }
        return change.place()
                + (change.before() == null
                        ? " is new: " + ResourceChange.shown(change.after())
                        : change.after() == null
                                ? " goes; it was " + ResourceChange.shown(change.before())
                                : " was " + ResourceChange.shown(change.before()) + " and will be "
                                        + ResourceChange.shown(change.after()));
    }

    private static Difference of(PolicyChanges.PolicyChange change, boolean edited) {
        var says = new StringBuilder(change.says());
        change.details().forEach(detail -> says.append("\n              ").append(detail));
        return new Difference(
                Kind.PERMISSION, change.what(), change.says(), says.toString(), change.widens(), edited, null, null);
    }

    /// The policies of a snapshot by what they are about, in the form that documents have.
    private static SortedMap<String, Map<String, @Nullable Object>> policies(PipelineSnapshot snapshot) {
        var policies = new TreeMap<String, Map<String, @Nullable Object>>();
        snapshot.parts().forEach((resource, part) -> {
            if (part.get("policies") instanceof Map<?, ?> named) {
                policies.put(resource, document(named.values()));
            }
            if (part.get("trust") instanceof Map<?, ?> trust) {
                policies.put(resource + "/trust", document(List.of(trust)));
            }
            if (part.get("policy") instanceof Map<?, ?> policy) {
                policies.put(resource, document(List.of(policy)));
            }
            if (resource.startsWith("role ")) {
                policies.put(resource + "/bounded-by", bounded(part.get("boundary")));
            }
        });
        return policies;
    }

    /// All policies of one resource as one: what each allows or denies counts.
    private static Map<String, @Nullable Object> document(Collection<?> policies) {
        var statements = new ArrayList<@Nullable Object>();
        for (var policy : policies) {
            if (policy instanceof Map<?, ?> map && map.get("Statement") instanceof Map<?, ?> bySid) {
                bySid.forEach((sid, statement) -> {
                    var whole = new LinkedHashMap<String, @Nullable Object>();
                    whole.put("Sid", sid);
                    if (statement instanceof Map<?, ?> members) {
                        members.forEach((name, value) -> whole.put((String) name, value));
                    }
                    statements.add(whole);
                });
            }
        }
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("Statement", statements);
        return document;
    }

    /// A boundary as a policy that allows just its ARN; everything, where there is none.
    private static Map<String, @Nullable Object> bounded(@Nullable Object boundary) {
        return Map.of(
                "Statement",
                List.of(Map.of(
                        "Effect", "Allow", "Action", "*", "Resource", boundary == null ? "*" : boundary.toString())));
    }

    /// The members `kind`, `widens`, `edited`, `resource`, `place`, `before` and `after`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.word());
        json.put("widens", widens);
        json.put("edited", edited);
        json.put("resource", resource);
        json.put("place", place);
        json.put("before", before);
        json.put("after", after);
        return json;
    }
}
