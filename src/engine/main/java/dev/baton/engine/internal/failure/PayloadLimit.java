package dev.baton.engine.internal.failure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The most that a payload may be: 262,144 bytes of JSON text in UTF-8. Measures without making the text, and stops as
/// soon as it is too much.
public final class PayloadLimit {
    public static final int BYTES = 262_144;

    private PayloadLimit() {}

    public static boolean exceeds(@Nullable Object value) {
        return measure(value, BYTES) > BYTES;
    }

    /// The bytes of a value's JSON text, or any number above the limit when it exceeds that.
    public static long measure(@Nullable Object value, long limit) {
        return switch (value) {
            case null -> 4;
            case String text -> text(text);
            case Long number -> digits(number);
            case Boolean bool -> bool ? 4 : 5;
            case Map<?, ?> object -> object(object, limit);
            case List<?> array -> array(array, limit);
            default -> value.toString().length();
        };
    }

    private static long object(Map<?, ?> object, long limit) {
        var bytes = 1L + Math.max(1, object.size());
        for (var member : object.entrySet()) {
            bytes += text((String) member.getKey()) + 1 + measure(member.getValue(), limit - bytes);
            if (bytes > limit) {
                break;
            }
        }
        return bytes;
    }

    private static long array(List<?> array, long limit) {
        var bytes = 1L + Math.max(1, array.size());
        for (var element : array) {
            bytes += measure(element, limit - bytes);
            if (bytes > limit) {
                break;
            }
        }
        return bytes;
    }

    private static long text(String text) {
        var bytes = 2L + text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                // Two bytes below U+0800, three above; a surrogate pair is four, two for each half.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            } else if (c == '"' || c == '\\') {
                bytes++;
            } else if (c < 0x20) {
                bytes += c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f' ? 1 : 5;
            }
        }
        return bytes;
    }

    private static int digits(long number) {
        if (number == Long.MIN_VALUE) {
            return 20;
        }
        var rest = Math.abs(number);
        var digits = number < 0 ? 2 : 1;
        while (rest >= 10) {
            rest /= 10;
            digits++;
        }
        return digits;
    }
}
