package dev.baton.engine.internal.query;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object some of whose members are computed.
public record ObjectTemplate(List<String> names, List<Evaluable> members) implements Evaluable {

    public ObjectTemplate {
        names = List.copyOf(names);
        members = List.copyOf(members);
    }

    @Override
    public Object evaluate(FieldScope at) {
        var object = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(names.size());
        for (var i = 0; i < names.size(); i++) {
            object.put(names.get(i), members.get(i).evaluate(at));
        }
        return object;
    }
}
