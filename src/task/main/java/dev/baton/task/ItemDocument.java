package dev.baton.task;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The document of an item: its attributes beyond its key in DynamoDB's JSON, `{"Item": {"mean": {"N": "11.3"}}}`. It
/// has one form, so that equal attributes are equal bytes.
///
/// @param attributes as DynamoDB has them, sorted by name
public record ItemDocument(SortedMap<String, ?> attributes) {
    private static final String ITEM = "Item";

    public ItemDocument {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /// The document of plain values: texts, numbers, booleans, `byte[]`, `null`, and lists, maps and sets of them.
    ///
    /// @throws IllegalArgumentException for any other value, and for sets that DynamoDB does not have
    public static ItemDocument of(Map<String, ?> values) {
        var attributes = new TreeMap<String, Object>();
        values.forEach((name, value) -> attributes.put(name, attribute(name, value)));
        return new ItemDocument(attributes);
    }

    /// The document of attributes as DynamoDB has them.
    ///
    /// @throws IllegalArgumentException when they are not
    public static ItemDocument ofAttributes(Map<?, ?> attributes) {
        var canonical = new TreeMap<String, Object>();
        attributes.forEach((name, value) -> canonical.put(String.valueOf(name), canonical(value)));
        return new ItemDocument(canonical);
    }

    /// Reads a document in any form.
    ///
    /// @throws IllegalArgumentException when it is none
    public static ItemDocument parse(byte[] utf8) {
        try {
            if (Json.parseObject(utf8).get(ITEM) instanceof Map<?, ?> attributes) {
                return ofAttributes(attributes);
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("the document of an item is not JSON: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "the document of an item is {\"Item\": {…}}, with attributes as DynamoDB has them");
    }

    /// The document's one form, in UTF-8.
    public byte[] bytes() {
        return Json.bytes(Map.of(ITEM, attributes));
    }

    /// The attributes as plain values: integers that fit are `Long`, other numbers [BigDecimal], binaries `byte[]`.
    public Map<String, @Nullable Object> values() {
        return plain(attributes);
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> attributes) {
        var values = new TreeMap<String, @Nullable Object>();
        attributes.forEach((name, value) -> values.put(String.valueOf(name), plainValue(value)));
        return values;
    }

    private static @Nullable Object plainValue(@Nullable Object attribute) {
        var typed = Typed.of(attribute);
        return switch (typed.type()) {
            case "N" -> number(String.valueOf(typed.value()));
            case "B" -> Base64.getDecoder().decode(String.valueOf(typed.value()));
            case "NULL" -> null;
            case "M" -> plain(typed.map());
            case "L" -> {
                var list = new ArrayList<@Nullable Object>();
                typed.list().forEach(element -> list.add(plainValue(element)));
                yield Collections.unmodifiableList(list);
            }
            case "SS" -> new LinkedHashSet<>(typed.list());
            case "NS" -> set(typed, ItemDocument::number);
            case "BS" -> set(typed, Base64.getDecoder()::decode);
            default -> typed.value();
        };
    }

    private static Set<Object> set(Typed typed, Function<String, Object> reader) {
        var set = new LinkedHashSet<Object>();
        typed.list().forEach(element -> set.add(reader.apply(String.valueOf(element))));
        return set;
    }

    private static Object number(String text) {
        var number = new BigDecimal(text);
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            return number;
        }
    }

    private static Map<String, ?> attribute(String where, @Nullable Object value) {
        return switch (value) {
            case null -> Map.of("NULL", true);
            case String text -> Map.of("S", text);
            case Boolean flag -> Map.of("BOOL", flag);
            case Number number -> Map.of("N", canonicalNumber(number.toString()));
            case byte[] bytes -> Map.of("B", Base64.getEncoder().encodeToString(bytes));
            case Set<?> set -> attributeOfSet(where, set);
            case Collection<?> list ->
                Map.of("L", list.stream().map(each -> attribute(where, each)).toList());
            case Map<?, ?> map -> {
                var members = new TreeMap<String, Object>();
                map.forEach((name, each) -> members.put(String.valueOf(name), attribute(where + "." + name, each)));
                yield Map.of("M", members);
            }
            default ->
                throw new IllegalArgumentException(
                        "the attribute " + where + " is a " + value.getClass().getName()
                                + "; an item has texts, numbers, booleans, byte[], null, lists, maps and sets");
        };
    }

    private static Map<String, ?> attributeOfSet(String where, Set<?> set) {
        if (!set.isEmpty() && set.stream().allMatch(String.class::isInstance)) {
            return Map.of("SS", set.stream().map(String.class::cast).sorted().toList());
        }
        if (!set.isEmpty() && set.stream().allMatch(Number.class::isInstance)) {
            return Map.of(
                    "NS",
                    set.stream()
                            .map(each -> canonicalNumber(each.toString()))
                            .sorted()
                            .toList());
        }
        throw new IllegalArgumentException(
                "the attribute " + where + " is a set; DynamoDB has sets of texts or of numbers, and no empty ones");
    }

    /// DynamoDB keeps neither zeros at the ends of a number nor the order of a set.
    private static Map<String, ?> canonical(@Nullable Object attribute) {
        var typed = Typed.of(attribute);
        return switch (typed.type()) {
            case "N" -> Map.of("N", canonicalNumber(String.valueOf(typed.value())));
            case "M" -> Map.of("M", ofAttributes(typed.map()).attributes());
            case "L" ->
                Map.of("L", typed.list().stream().map(ItemDocument::canonical).toList());
            case "SS", "BS" ->
                Map.of(
                        typed.type(),
                        typed.list().stream().map(String::valueOf).sorted().toList());
            case "NS" ->
                Map.of(
                        "NS",
                        typed.list().stream()
                                .map(each -> canonicalNumber(String.valueOf(each)))
                                .sorted()
                                .toList());
            case "S", "B", "BOOL", "NULL" -> Map.of(typed.type(), typed.value());
            default -> throw new IllegalArgumentException("DynamoDB has no type " + typed.type());
        };
    }

    private static String canonicalNumber(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number that DynamoDB has: " + text, e);
        }
    }

    /// An attribute's type and value, `{"S": "seattle"}`.
    private record Typed(String type, Object value) {
        static Typed of(@Nullable Object attribute) {
            if (attribute instanceof Map<?, ?> typed && typed.size() == 1) {
                var entry = typed.entrySet().iterator().next();
                if (entry.getValue() != null) {
                    return new Typed(String.valueOf(entry.getKey()), entry.getValue());
                }
            }
            throw new IllegalArgumentException("an attribute has one type, {\"S\": \"seattle\"}, but was " + attribute);
        }

        Map<?, ?> map() {
            return value instanceof Map<?, ?> map ? map : wrong(Map.class);
        }

        List<?> list() {
            return value instanceof List<?> list ? list : wrong(List.class);
        }

        private <T> T wrong(Class<T> wanted) {
            throw new IllegalArgumentException(
                    "the value of a " + type + " is a " + wanted.getSimpleName() + ", but was " + value);
        }
    }

    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
