package dev.baton.local.states.integration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An answer of SNS as states get it.
final class SnsAnswer {
    private static final Set<String> LISTS = Set.of("Topics", "Subscriptions", "Tags", "Successful", "Failed");

    private SnsAnswer() {}

    static Map<String, @Nullable Object> of(String operation, ServiceCalls.Answer answer) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        if (XmlObject.parse(answer.bytes()).get(operation + "Result") instanceof Map<?, ?> result) {
            result.forEach((name, value) -> members.put((String) name, value((String) name, value)));
        }
        return members;
    }

    private static @Nullable Object value(String name, @Nullable Object value) {
        if (LISTS.contains(name)) {
            return value instanceof Map<?, ?> list ? members(list.get("member")) : List.of();
        }
        if (name.equals("Attributes")) {
            var entries = new LinkedHashMap<String, @Nullable Object>();
            if (value instanceof Map<?, ?> map) {
                for (var each : all(map.get("entry"))) {
                    var entry = (Map<?, ?>) each;
                    entries.put(String.valueOf(entry.get("key")), entry.get("value"));
                }
            }
            return entries;
        }
        return value;
    }

    private static List<?> members(@Nullable Object members) {
        return all(members).stream().map(SnsAnswer::typed).toList();
    }

    private static Object typed(Object member) {
        if (!(member instanceof Map<?, ?> map) || !map.containsKey("SenderFault")) {
            return member;
        }
        var failed = new LinkedHashMap<Object, @Nullable Object>(map);
        failed.put("SenderFault", Boolean.valueOf(String.valueOf(map.get("SenderFault"))));
        return failed;
    }

    /// One element is no list in XML.
    private static List<Object> all(@Nullable Object members) {
        return members instanceof List<?> list
                ? new ArrayList<Object>(list)
                : members == null ? List.of() : List.of(members);
    }
}
