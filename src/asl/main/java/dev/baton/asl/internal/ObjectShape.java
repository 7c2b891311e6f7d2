package dev.baton.asl.internal;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The shape of a JSON object: what the fields of a kind of object have to be.
final class ObjectShape implements ValueCheck {
    private final String what;
    private final SequencedMap<String, Field> fields = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private final List<List<String>> exclusive = new ArrayList<>();

    /// @param language in which the field exists; null: in both
    private record Field(ValueCheck check, @Nullable QueryLanguage language) {}

    /// @param what the kind, with its article, as findings name it
    private ObjectShape(String what) {
        this.what = what;
    }

    static ObjectShape of(String what) {
        return new ObjectShape(what);
    }

    ObjectShape field(String name, ValueCheck check) {
        fields.put(name, new Field(check, null));
        return this;
    }

    ObjectShape required(String name, ValueCheck check) {
        required.add(name);
        return field(name, check);
    }

    ObjectShape jsonPath(String name, ValueCheck check) {
        fields.put(name, new Field(check, QueryLanguage.JSONPATH));
        return this;
    }

    ObjectShape jsonata(String name, ValueCheck check) {
        fields.put(name, new Field(check, QueryLanguage.JSONATA));
        return this;
    }

    /// `name` and, in JSONPath, `namePath`: one or the other.
    ObjectShape orPath(String name, ValueCheck check, ValueCheck pathCheck) {
        return field(name, check).jsonPath(name + "Path", pathCheck).exclusive(name, name + "Path");
    }

    ObjectShape exclusive(String... names) {
        exclusive.add(List.of(names));
        return this;
    }

    boolean knows(String name) {
        return fields.containsKey(name);
    }

    Set<String> names() {
        return fields.sequencedKeySet();
    }

    @Override
    public void check(CheckContext visit, Node node, DefinitionPlace place) {
        if (node instanceof ObjectNode object) {
            check(visit, object, place, true);
        } else {
            visit.problems().type(place, "an object", node.value());
        }
    }

    /// @param strict whether fields of the other language are reported; they are not where the language is itself
    ///     refused
    void check(CheckContext visit, ObjectNode object, DefinitionPlace place, boolean strict) {
        var missing = required.stream().filter(name -> !object.has(name)).toList();
        if (!missing.isEmpty()) {
            visit.problems().required(place, missing, ValueChecks.names(object));
        }
        exclusive.forEach(names -> {
            var present = names.stream().filter(object::has).toList();
            if (present.size() > 1) {
                visit.problems().exclusive(place, present);
            }
        });
        for (var member : object.members()) {
            var at = place.field(member);
            var field = fields.get(member.name());
            if (field == null) {
                visit.problems().unsupported(at, place, member.name(), what, fields.sequencedKeySet());
            } else if (field.language() != null && field.language() != visit.language()) {
                if (strict) {
                    visit.problems().otherLanguage(at, place, member.name(), visit.language());
                }
            } else {
                field.check().check(visit, member.node(), at);
            }
        }
        ValueChecks.repeatedFields(visit, object, place);
    }
}
