package dev.baton.local.dynamodb.expression;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.dynamodb.item.ItemErrors;
import dev.baton.local.http.AwsError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names and values that expressions of a request refer to as `#name` and `:value`, and which of them are used.
public final class Placeholders {
    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");

    private final Map<String, String> names;
    private final Map<String, Attribute> values;
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;

    private Placeholders(Map<String, String> names, Map<String, Attribute> values) {
        this.names = names;
        this.values = values;
        this.unusedNames = new TreeSet<>(names.keySet());
        this.unusedValues = new TreeSet<>(values.keySet());
    }

    /// @param names `ExpressionAttributeNames` of the request, if it has any
    /// @param values `ExpressionAttributeValues` of the request, if it has any
    /// @throws AwsError `ValidationException` where one cannot be
    public static Placeholders of(@Nullable Map<?, ?> names, @Nullable Map<?, ?> values) {
        return new Placeholders(names(names), values(values));
    }

    private static Map<String, String> names(@Nullable Map<?, ?> given) {
        if (given == null) {
            return Map.of();
        }
        if (given.isEmpty()) {
            throw ItemErrors.validation("ExpressionAttributeNames must not be empty");
        }
        var names = new LinkedHashMap<String, String>();
        given.forEach((key, name) -> {
            if (!NAME.matcher(String.valueOf(key)).matches()) {
                throw ItemErrors.validation(
                        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
            }
            if (String.valueOf(name).isEmpty()) {
                throw ItemErrors.validation(
                        "ExpressionAttributeNames contains invalid value: Empty attribute name for key " + key);
            }
            names.put(String.valueOf(key), String.valueOf(name));
        });
        return names;
    }

    private static Map<String, Attribute> values(@Nullable Map<?, ?> given) {
        if (given == null) {
            return Map.of();
        }
        if (given.isEmpty()) {
            throw ItemErrors.validation("ExpressionAttributeValues must not be empty");
        }
        var values = new LinkedHashMap<String, Attribute>();
        given.forEach((key, value) -> {
            if (!VALUE.matcher(String.valueOf(key)).matches()) {
                throw ItemErrors.validation(
                        "ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
            }
            values.put(String.valueOf(key), value(String.valueOf(key), value));
        });
        return values;
    }

    private static Attribute value(String key, @Nullable Object value) {
        try {
            return AttributeReader.attribute(value);
        } catch (AwsError e) {
            throw e.code().equals("ValidationException")
                    ? ItemErrors.validation(
                            "ExpressionAttributeValues contains invalid value: " + e.message() + " for key " + key)
                    : e;
        }
    }

    /// @return nothing where there is no such name
    @Nullable
    String name(String placeholder) {
        unusedNames.remove(placeholder);
        return names.get(placeholder);
    }

    /// @return nothing where there is no such value
    @Nullable
    Attribute value(String placeholder) {
        unusedValues.remove(placeholder);
        return values.get(placeholder);
    }

    /// Refuses what no expression of the request refers to; called when all were read.
    ///
    /// @throws AwsError `ValidationException`
    public void requireUse() {
        if (!unusedNames.isEmpty()) {
            throw unused("ExpressionAttributeNames", unusedNames);
        }
        if (!unusedValues.isEmpty()) {
            throw unused("ExpressionAttributeValues", unusedValues);
        }
    }

    private static AwsError unused(String member, Set<String> keys) {
        return ItemErrors.validation(
                "Value provided in " + member + " unused in expressions: keys: {" + String.join(", ", keys) + "}");
    }
}
