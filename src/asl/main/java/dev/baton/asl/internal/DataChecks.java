package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;

/// The checks of `Assign` and `Output`, which many places have.
final class DataChecks {
    private static final Pattern VARIABLE =
            Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}\\p{Pc}]{0,79}");

    private DataChecks() {}

    /// `Output`, in which `$states` has the given fields.
    static ValueCheck output(Set<String> statesFields) {
        return (visit, node, place) -> JsonataChecks.template(visit.withStates(statesFields), node, place);
    }

    /// `Assign`, in which `$states` has the given fields.
    static ValueCheck assign(Set<String> statesFields) {
        return (visit, node, place) -> {
            if (!(node instanceof ObjectNode object)) {
                visit.problems().type(place, "an object", node.value());
                return;
            }
            if (visit.isJsonata()) {
                JsonataChecks.template(visit.withStates(statesFields), object, place);
            } else {
                PathChecks.template(visit, object, place);
            }
            for (var member : object.members()) {
                var at = place.field(member);
                variable(visit, member.name(), at);
            }
        };
    }

    private static void variable(CheckContext visit, String field, DefinitionPlace place) {
        var name = !visit.isJsonata() && field.endsWith(".$") ? field.substring(0, field.length() - 2) : field;
        if (name.equals("states") || !VARIABLE.matcher(name).matches()) {
            visit.problems().expressions().variableName(place, name);
        } else {
            visit.variables().assigns(name, place);
        }
    }
}
