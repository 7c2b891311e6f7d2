package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One place at which two versions of a resource differ.
///
/// @param resource as [dev.baton.cli.deploy.read.PipelineSnapshot] names it: `state machine baton-weather`
/// @param path the names of the members that lead there, with a list's elements counted from 0
/// @param before what it was; null where there was nothing
/// @param after what it is; null where there is nothing
public record ResourceChange(
        String resource,
        List<String> path,
        @Nullable Object before,
        @Nullable Object after) {
    private static final int SHOWN = 160;

    public ResourceChange {
        path = List.copyOf(path);
    }

    /// All places at which one resource differs, in the order of its members.
    public static List<ResourceChange> between(String resource, @Nullable Object before, @Nullable Object after) {
        var changes = new ArrayList<ResourceChange>();
        compare(resource, List.of(), before, after, changes);
        return changes;
    }

    /// The value that a snapshot has at this place; null where it has nothing.
    @Nullable
    public Object in(PipelineSnapshot snapshot) {
        @Nullable Object value = snapshot.parts().get(resource);
        for (var name : path) {
            value = value instanceof Map<?, ?> members
                    ? members.get(name)
                    : value instanceof List<?> list && Integer.parseInt(name) < list.size()
                            ? list.get(Integer.parseInt(name))
                            : null;
        }
        return value;
    }

    /// Whether two changes are about one place, or one is about a place in the other's.
    boolean touches(ResourceChange other) {
        var common = Math.min(path.size(), other.path.size());
        return resource.equals(other.resource) && path.subList(0, common).equals(other.path.subList(0, common));
    }

    private static void compare(
            String resource,
            List<String> path,
            @Nullable Object before,
            @Nullable Object after,
            List<ResourceChange> changes) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            var names = new TreeSet<String>();
            old.keySet().forEach(name -> names.add((String) name));
            now.keySet().forEach(name -> names.add((String) name));
            names.forEach(name -> compare(resource, with(path, name), old.get(name), now.get(name), changes));
        } else if (before instanceof List<?> old
                && after instanceof List<?> now
                && old.size() == now.size()
                && old.stream().anyMatch(Map.class::isInstance)) {
            for (var i = 0; i < old.size(); i++) {
                compare(resource, with(path, Integer.toString(i)), old.get(i), now.get(i), changes);
            }
        } else {
            changes.add(new ResourceChange(resource, path, before, after));
        }
    }

    private static List<String> with(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    /// The state that it is in, the innermost; empty outside of states.
    public String state() {
        var at = path.lastIndexOf("States");
        return at >= 0 && at + 1 < path.size() ? path.get(at + 1) : "";
    }

    /// The place in words: `state "WetSpells seattle", TimeoutSeconds`, `policy "baton", statement "ReadInputs",
    /// Action`, `variable BATON_PIPELINE`.
    public String place() {
        if (path.isEmpty()) {
            return "all of it";
        }
        if (!state().isEmpty()) {
            var member = path.subList(path.lastIndexOf("States") + 2, path.size());
            return "state \"" + state() + "\"" + (member.isEmpty() ? "" : ", " + String.join(".", member));
        }
        var words = new ArrayList<String>();
        for (var i = 0; i < path.size(); i++) {
            var name = path.get(i);
            var next = i + 1 < path.size() ? path.get(i + 1) : null;
            switch (name) {
                case "policies" -> words.add(next == null ? "policies" : "policy \"" + path.get(++i) + "\"");
                case "trust" -> words.add("trust policy");
                case "policy" -> words.add("policy");
                case "Statement", "permissions" ->
                    words.add(next == null ? "statements" : "statement \"" + path.get(++i) + "\"");
                case "environment" -> words.add(next == null ? "environment" : "variable " + path.get(++i));
                case "definition" -> words.add("definition");
                default -> {
                    words.add(String.join(".", path.subList(i, path.size())));
                    i = path.size();
                }
            }
        }
        return String.join(", ", words);
    }

    /// The members `resource`, `place`, `state` (empty outside of states), `path`, `before` and `after`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("resource", resource);
        json.put("place", place());
        json.put("state", state());
        json.put("path", path);
        json.put("before", before);
        json.put("after", after);
        return json;
    }

    /// A value, as much of it as a line has room for.
    public static String shown(@Nullable Object value) {
        var text = Json.print(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
