package dev.baton.graph;

import dev.baton.run.FieldDigest;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Names places: the same place keeps its name when others come and go.
///
/// 1. the simple name of the class (with its package where two classes have one), then every component that is
/// constant;
/// 2. the root parameter with its constant shift (`Raw month-1`), or the root's name for it where the root has two
///    of a related type (`Day from`, `Day to`) and the component is not called so itself;
/// 3. ` #2` for what remains equal, in the order of `requires()`;
/// 4. over 80 characters: cut, and told apart by a hash.
final class NodeNames {
    /// The longest name of a state.
    static final int LONGEST = 80;

    private final Parameters root;
    private final List<NodeDraft> places;
    private final Map<String, Class<?>> simpleNames = new HashMap<>();
    private final HashSet<String> shared = new HashSet<>();

    NodeNames(ParameterRelations relations, List<NodeDraft> places) {
        this.root = relations.root();
        this.places = places;
        for (var place : places) {
            var type = place.type();
            var other = simpleNames.putIfAbsent(type.getSimpleName(), type);
            if (other != null && other != type) {
                shared.add(type.getSimpleName());
            }
        }
    }

    Map<NodeDraft, String> names() {
        var names = new IdentityHashMap<NodeDraft, String>();
        var taken = new HashSet<String>();
        var counts = new HashMap<String, Integer>();
        for (var place : places) {
            var name = name(place);
            var unique = cut(name);
            while (!taken.add(unique)) {
                // The first of equal ones bears no number.
                var count = counts.merge(name, 2, (old, first) -> old + 1);
                unique = cut(name + " #" + count);
            }
            names.put(place, unique);
        }
        return names;
    }

    private String name(NodeDraft place) {
        var parts = new ArrayList<String>();
        parts.add(label(place.type()));
        var parameters = Parameters.of(place.type());
        var relations = place.relations();
        for (var i = 0; i < relations.size(); i++) {
            if (relations.get(i) instanceof ParameterRelation.Constant constant) {
                parts.add(printed(parameters.get(i).type(), constant.value()));
            }
        }
        for (var i = 0; i < relations.size(); i++) {
            if (relations.get(i) instanceof ParameterRelation.Shift shift) {
                var name = root.get(shift.root()).name();
                var plain = !ambiguous(parameters.get(i).type())
                        || name.equals(parameters.get(i).name());
                if (shift.by() != 0 || !plain) {
                    parts.add(shift.by() == 0 ? name : name + (shift.by() > 0 ? "+" : "") + shift.by());
                }
            }
        }
        return String.join(" ", parts);
    }

    private String label(Class<?> type) {
        return shared.contains(type.getSimpleName()) ? type.getName().replace('$', '.') : type.getSimpleName();
    }

    private static String printed(ParameterType type, Object value) {
        return type.printed(value).orElseGet(() -> String.valueOf(value));
    }

    /// Whether more than one root parameter could be meant.
    private boolean ambiguous(ParameterType type) {
        return root.all().stream()
                        .filter(parameter -> parameter.type().isRelatedTo(type))
                        .count()
                > 1;
    }

    private static String cut(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        return name.substring(0, LONGEST - 9) + "-"
                + new FieldDigest().add(name).hex().substring(0, 8);
    }
}
