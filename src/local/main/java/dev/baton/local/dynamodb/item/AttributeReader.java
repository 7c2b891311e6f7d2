package dev.baton.local.dynamodb.item;

import dev.baton.local.http.AwsError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reader of attributes, from the JSON that requests have, and refuses what no item can have.
public final class AttributeReader {
    /// Lists and maps may nest so deep in an item.
    private static final int DEEPEST = 32;

    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

    private AttributeReader() {}

    /// The attributes of an item, a key or a map.
    ///
    /// @throws AwsError `ValidationException`
    public static Map<String, Attribute> attributes(Map<?, ?> json) {
        return attributes(json, 0);
    }

    private static Map<String, Attribute> attributes(Map<?, ?> json, int depth) {
        var attributes = new LinkedHashMap<String, Attribute>(json.size() * 2);
        json.forEach((name, value) -> attributes.put(String.valueOf(name), attribute(value, depth)));
        return attributes;
    }

    /// @throws AwsError `ValidationException`
    public static Attribute attribute(@Nullable Object json) {
        return attribute(json, 0);
    }

    private static Attribute attribute(@Nullable Object json, int depth) {
        if (!(json instanceof Map<?, ?> map)) {
            throw serialization("Unexpected value type in payload");
        }
        @Nullable String type = null;
        for (var member : map.entrySet()) {
            if (member.getValue() != null && TYPES.contains(String.valueOf(member.getKey()))) {
                if (type != null) {
                    throw ItemErrors.validation(
                            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
                                    + " supported datatypes");
                }
                type = String.valueOf(member.getKey());
            }
        }
        if (type == null) {
            throw ItemErrors.validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        if (depth > DEEPEST) {
            throw ItemErrors.validation(
                    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond"
                            + " supported limit");
        }
        return value(AttributeType.valueOf(type), map.get(type), depth);
    }

    private static Attribute value(AttributeType type, @Nullable Object content, int depth) {
        return switch (type) {
            case S -> new Attribute.S(text(content));
            case N -> NumberText.parse(text(content));
            case B -> bytes(content);
            case BOOL -> new Attribute.Bool(flag(content));
            case NULL -> nothing(content);
            case L ->
                new Attribute.L(list(content).stream()
                        .map(each -> attribute(each, depth + 1))
                        .toList());
            case M -> {
                if (!(content instanceof Map<?, ?> map)) {
                    throw serialization("Unexpected value type in payload");
                }
                yield new Attribute.M(attributes(map, depth + 1));
            }
            case SS -> set(AttributeType.S, content, depth);
            case NS -> set(AttributeType.N, content, depth);
            case BS -> set(AttributeType.B, content, depth);
        };
    }

    private static Attribute nothing(@Nullable Object content) {
        if (!flag(content)) {
            throw ItemErrors.invalid("Null attribute value types must have the value of true");
        }
        return new Attribute.Null();
    }

    private static Attribute bytes(@Nullable Object content) {
        try {
            return new Attribute.B(Base64.getDecoder().decode(text(content)));
        } catch (IllegalArgumentException e) {
            throw serialization("Invalid Base64 encoded string");
        }
    }

    private static Attribute set(AttributeType of, @Nullable Object content, int depth) {
        var given = list(content);
        if (given.isEmpty()) {
            var word = of == AttributeType.S ? "string" : of == AttributeType.N ? "number" : "binary";
            throw ItemErrors.invalid("An " + word + " set  may not be empty");
        }
        var values = new LinkedHashSet<Attribute>();
        for (var each : given) {
            if (!values.add(value(of, each, depth))) {
                throw of == AttributeType.N
                        ? ItemErrors.validation("Input collection contains duplicates")
                        : ItemErrors.invalid("Input collection " + shown(given) + " contains duplicates.");
            }
        }
        return new Attribute.SetOf(of, values);
    }

    private static String shown(List<?> given) {
        var texts = new ArrayList<String>();
        given.forEach(each -> texts.add(String.valueOf(each)));
        return "[" + String.join(", ", texts) + "]";
    }

    private static String text(@Nullable Object content) {
        if (content instanceof String text) {
            return text;
        }
        throw serialization(
                content instanceof Number ? "NUMBER_VALUE cannot be converted to String" : "Unexpected token");
    }

    private static boolean flag(@Nullable Object content) {
        if (content instanceof Boolean flag) {
            return flag;
        }
        throw serialization("Unexpected token");
    }

    private static List<?> list(@Nullable Object content) {
        if (content instanceof List<?> list) {
            return list;
        }
        throw serialization("Unexpected token");
    }

    private static AwsError serialization(String message) {
        return new AwsError(400, "SerializationException", message);
    }
}
