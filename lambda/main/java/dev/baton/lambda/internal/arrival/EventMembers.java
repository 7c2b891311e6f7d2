package dev.baton.lambda.internal.arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object in an event, some of which it must have.
record EventMembers(String what, Map<?, ?> values) {

    /// Each record of an event.
    static List<EventMembers> records(String what, Map<String, @Nullable Object> event) {
        var members = new ArrayList<EventMembers>();
        if (event.get("Records") instanceof List<?> records) {
            for (var i = 0; i < records.size(); i++) {
                var name = what + ", record " + (i + 1) + ",";
                if (!(records.get(i) instanceof Map<?, ?> record)) {
                    throw ArrivalFindings.incomplete(name, "members");
                }
                members.add(new EventMembers(name, record));
            }
        }
        return List.copyOf(members);
    }

    @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    @Nullable Long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : null;
    }

    /// @throws dev.baton.task.InvalidInput RUN041 where it is missing
    String need(String name) {
        var text = text(name);
        if (text == null) {
            throw ArrivalFindings.incomplete(what, name);
        }
        return text;
    }

    /// @throws dev.baton.task.InvalidInput RUN041 where it is missing
    EventMembers object(String name) {
        if (values.get(name) instanceof Map<?, ?> object) {
            return new EventMembers(what, object);
        }
        throw ArrivalFindings.incomplete(what, name);
    }
}
