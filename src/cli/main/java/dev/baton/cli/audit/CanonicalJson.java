package dev.baton.cli.audit;

import dev.baton.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as RFC 8785 writes it, for what lines of evidence are made of: the same value has the same bytes.
///
/// Members are in the order of their names' UTF-16 units, there are no blanks, and a text is escaped no more than JSON
/// demands. Of numbers there are the whole ones that a double holds exactly; any other stands as a text.
final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    static String print(@Nullable Object value) {
        return Json.print(canonical(value));
    }

    private static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> wellFormed(text);
            case Boolean bool -> bool;
            case Integer number -> number.longValue();
            case Long number -> Math.abs(number) <= LARGEST ? number : (Object) number.toString();
            case BigInteger number -> number.toString();
            case Double number -> number.toString();
            case Map<?, ?> object -> {
                var sorted = new TreeMap<String, @Nullable Object>();
                object.forEach((name, member) -> sorted.put(wellFormed(String.valueOf(name)), canonical(member)));
                yield sorted;
            }
            case List<?> array -> {
                var elements = new ArrayList<@Nullable Object>();
                array.forEach(element -> elements.add(canonical(element)));
                yield elements;
            }
            default -> throw new IllegalArgumentException("no value of JSON: " + value.getClass());
        };
    }

    /// RFC 8785 has no place for half a surrogate pair, and UTF-8 has no bytes.
    private static String wellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                var whole = new StringBuilder(text.length());
                text.codePoints()
                        .forEach(point -> whole.appendCodePoint(
                                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
                return whole.toString();
            }
        }
        return text;
    }
}
