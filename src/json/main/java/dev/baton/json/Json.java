package dev.baton.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON text to plain Java values and back.
///
/// A JSON value is `null`, a [Boolean], a [String], a [Long] (an integer of 64 bits), a [java.math.BigInteger]
/// (a longer one), a [Double] (with a fraction or exponent), a [List] or a [Map] with [String] keys in the order of
/// the text. Values are shared freely, so nobody changes one after it was made.
public final class Json {
    /// How deep arrays and objects may nest; Step Functions' own payloads stop long before.
    public static final int MAX_DEPTH = 1_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(64 << 20)
                    .maxNumberLength(10_000)
                    .maxNameLength(1 << 20)
                    .build())
            .build();

    /// For texts that people write: a message may quote the text.
    private static final JsonFactory QUOTING = FACTORY.rebuild()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /// The value that a text stands for. Of equal keys in one object the last counts.
    ///
    /// @throws JsonException when the text is not exactly one JSON value
    public static @Nullable Object parse(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /// The value that UTF-8 bytes stand for.
    ///
    /// @throws JsonException when the text is not exactly one JSON value
    public static @Nullable Object parse(byte[] utf8) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /// The object that a text stands for.
    ///
    /// @throws JsonException when the text is not exactly one JSON object
    public static Map<String, @Nullable Object> parseObject(String text) {
        return object(parse(text));
    }

    /// The object that UTF-8 bytes stand for.
    ///
    /// @throws JsonException when the text is not exactly one JSON object
    public static Map<String, @Nullable Object> parseObject(byte[] utf8) {
        return object(parse(utf8));
    }

    static Node nodes(String text) {
        try (var parser = QUOTING.createParser(ObjectReadContext.empty(), text)) {
            return new NodeReader(parser).whole();
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /// The value on one line without blanks; characters beyond ASCII stand for themselves.
    public static String print(@Nullable Object value) {
        var text = new StringBuilder();
        new Printer(text, false).value(value, 0);
        return text.toString();
    }

    /// The value with two blanks a level and a final line break: the same value, the same bytes.
    public static String pretty(@Nullable Object value) {
        var text = new StringBuilder();
        new Printer(text, true).value(value, 0);
        return text.append('\n').toString();
    }

    /// [#print] as UTF-8.
    public static byte[] bytes(@Nullable Object value) {
        return print(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw new JsonException("expected a JSON object, but was " + typeName(value), 1, 1);
    }

    /// What JSON calls the value: `object`, `array`, `string`, `number`, `boolean` or `null`.
    public static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case String string -> "string";
            case Number number -> "number";
            case Boolean bool -> "boolean";
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    private static @Nullable Object whole(JsonParser parser) {
        begin(parser);
        var value = value(parser);
        end(parser);
        return value;
    }

    static void begin(JsonParser parser) {
        if (parser.nextToken() == null) {
            throw new JsonException("expected a JSON value, but the text is empty", 1, 1);
        }
    }

    static void end(JsonParser parser) {
        if (parser.nextToken() != null) {
            var at = parser.currentTokenLocation();
            throw new JsonException(
                    "expected the end of the text, but found more after the value", at.getLineNr(), at.getColumnNr());
        }
    }

    static @Nullable Object value(JsonParser parser) {
        var token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            default -> scalar(parser);
        };
    }

    static @Nullable Object scalar(JsonParser parser) {
        var token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> finite(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("unexpected token " + token);
        };
    }

    private static Double finite(JsonParser parser) {
        var number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            var at = parser.currentTokenLocation();
            throw new JsonException("a number is out of the range of a double", at.getLineNr(), at.getColumnNr());
        }
        return number;
    }

    private static Number integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getBigIntegerValue();
        };
    }

    static JsonException problem(JacksonException e) {
        var at = e.getLocation();
        return at == null
                ? new JsonException(e.getOriginalMessage(), 1, 1)
                : new JsonException(e.getOriginalMessage(), at.getLineNr(), at.getColumnNr());
    }
}
