package dev.baton.local.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a request to ECS, or of an object in one.
record EcsInput(Map<?, ?> members) {

    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    String text(String name, String otherwise) {
        var text = text(name);
        return text == null ? otherwise : text;
    }

    /// @throws dev.baton.local.http.AwsError `ClientException` where it is absent
    String require(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) {
            throw EcsErrors.client(Character.toUpperCase(name.charAt(0)) + name.substring(1) + " can not be blank.");
        }
        return text;
    }

    EcsInput object(String name) {
        return new EcsInput(members.get(name) instanceof Map<?, ?> map ? map : Map.of());
    }

    List<EcsInput> objects(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .map(each -> new EcsInput(each instanceof Map<?, ?> map ? map : Map.of()))
                        .toList()
                : List.of();
    }

    List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    /// `[{"name": …, "value": …}]`.
    Map<String, String> pairs(String name) {
        var pairs = new LinkedHashMap<String, String>();
        objects(name).forEach(pair -> pairs.put(pair.text("name", ""), pair.text("value", "")));
        return pairs;
    }

    /// `{"name": "value"}`.
    Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        object(name).members().forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
        return map;
    }
}
