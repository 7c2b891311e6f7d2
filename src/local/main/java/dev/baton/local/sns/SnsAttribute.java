package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An attribute of a message, beside its body.
///
/// See [Message attributes](https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html).
///
/// @param type `String`, `String.Array`, `Number` or `Binary`, or one of one's own after such a word and a dot
/// @param value a text, which is base64 where the type is binary
public record SnsAttribute(String type, String value) {
    private static final Pattern NAME = Pattern.compile("(?!(?i)aws\\.|amazon\\.)[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /// Those of a request.
    ///
    /// @throws AwsError `ParameterValueInvalid`
    static Map<String, SnsAttribute> all(ApiInput request) {
        var all = new LinkedHashMap<String, SnsAttribute>();
        request.object("MessageAttributes")
                .members()
                .forEach((name, value) -> all.put((String) name, of((String) name, ApiInput.of(value))));
        return all;
    }

    private static SnsAttribute of(String name, ApiInput given) {
        if (name.length() > 256 || !NAME.matcher(name).matches()) {
            throw SnsErrors.invalidValue("Invalid message attribute name '" + name
                    + "': it must be non-empty and can contain letters, digits, hyphens, underscores and dots.");
        }
        var type = given.text("DataType", "");
        if (!TYPE.matcher(type).matches()) {
            throw SnsErrors.invalidValue("The message attribute '" + name + "' has an invalid message attribute type,"
                    + " the set of supported type prefixes is Binary, Number, and String.");
        }
        var value = given.text(type.startsWith("Binary") ? "BinaryValue" : "StringValue", "");
        if (value.isEmpty()) {
            throw SnsErrors.invalidValue("The message attribute '" + name
                    + "' must contain non-empty message attribute value for message attribute type '" + type + "'.");
        }
        if (type.startsWith("Number") && !NUMBER.matcher(value).matches()) {
            throw SnsErrors.invalidValue("Could not cast message attribute '" + name + "' value to number.");
        }
        return new SnsAttribute(type, value);
    }

    /// What a filter policy compares; null where it compares nothing.
    @Nullable
    Object comparable() {
        if (type.equals("Number")) {
            return Json.parse(value.startsWith("+") ? value.substring(1) : value);
        }
        if (!type.equals("String.Array")) {
            return type.equals("String") ? value : null;
        }
        try {
            return Json.parse(value) instanceof List<?> list ? list : null;
        } catch (JsonException e) {
            return null;
        }
    }

    Map<String, @Nullable Object> toJson() {
        return JsonAnswer.of("Type", type, "Value", value);
    }

    long size() {
        return (long) type.length() + value.length();
    }
}
