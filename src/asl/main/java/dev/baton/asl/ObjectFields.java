package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object in the making; an absent (null) one is left out.
final class ObjectFields {
    private final SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();

    ObjectFields put(String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case PayloadTemplate(var json) -> fields.put(name, json);
            case Literal(var json) -> fields.put(name, json);
            case PathField(var path) -> fields.put(name, path);
            case Operand.Given<?>(var given) -> fields.put(name, given);
            case Operand.AtPath<?>(var path) -> fields.put(name + "Path", path);
            case Operand.Expression<?>(var expression) -> fields.put(name, expression);
            case QueryLanguage language -> fields.put(name, language.text());
            default -> fields.put(name, value);
        }
        return this;
    }

    /// The object, ended by the fields that the language does not know.
    SequencedMap<String, @Nullable Object> rest(Map<String, @Nullable Object> unknown) {
        fields.putAll(unknown);
        return fields;
    }
}
