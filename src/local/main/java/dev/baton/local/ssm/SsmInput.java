package dev.baton.local.ssm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a request to Systems Manager.
record SsmInput(Map<String, @Nullable Object> members) {

    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /// @throws dev.baton.local.http.AwsError `ValidationException` where it is absent
    String require(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) {
            throw SsmErrors.validation("1 validation error detected: Value null at '"
                    + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return text;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// `{"name": ["value", …]}`.
    Map<String, List<String>> lists(String name) {
        var lists = new LinkedHashMap<String, List<String>>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, values) -> lists.put(
                    String.valueOf(key),
                    values instanceof List<?> list
                            ? list.stream().map(String::valueOf).toList()
                            : List.of(String.valueOf(values))));
        }
        return lists;
    }
}
