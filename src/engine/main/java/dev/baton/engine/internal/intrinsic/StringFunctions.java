package dev.baton.engine.internal.intrinsic;

import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on strings.
final class StringFunctions {
    /// The bound on what `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take, in characters.
    private static final int LONGEST = 10_000;
    /// The factor by which a value may be larger than the characters of JSON that it is made of.
    private static final long PARSED = 8;
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private StringFunctions() {}

    /// Every brace that is not escaped is part of a placeholder.
    static String format(Arguments arguments) throws IntrinsicException {
        var template = arguments.text(0);
        arguments.effort().take(template.length());
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length()) {
                text.append(template.charAt(++i));
            } else if (c == '{') {
                if (!template.startsWith("{}", i) || next == arguments.count()) {
                    throw arguments.invalid();
                }
                JavaText.append(arguments.value(next++), text, arguments.effort());
                i++;
            } else if (c == '}') {
                throw arguments.invalid();
            } else {
                text.append(c);
            }
        }
        if (next < arguments.count()) {
            throw arguments.invalid();
        }
        return text.toString();
    }

    /// Splits at each of the delimiter's characters; what is empty in between is left out.
    static List<String> split(Arguments arguments) throws IntrinsicException {
        var text = arguments.text(0);
        var delimiters = new BitSet();
        arguments.text(1).chars().forEach(delimiters::set);
        arguments.effort().take(text.length());
        var parts = new ArrayList<String>();
        var start = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i == text.length() || delimiters.get(text.charAt(i))) {
                if (i > start) {
                    parts.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return parts;
    }

    static @Nullable Object toJson(Arguments arguments) throws IntrinsicException {
        var text = arguments.text(0);
        if (text.isBlank()) {
            return null;
        }
        arguments.effort().take(PARSED * text.length());
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw arguments.invalid();
        }
    }

    static String ofJson(Arguments arguments, int index) {
        var value = arguments.value(index);
        arguments.effort().take(PayloadLimit.measure(value, arguments.effort().left()));
        return Json.print(value);
    }

    static String encode(Arguments arguments) throws IntrinsicException {
        return Base64.getEncoder().encodeToString(bounded(arguments).getBytes(StandardCharsets.UTF_8));
    }

    /// The text as a lenient decoder reads it: characters of neither Base64 alphabet are skipped, and the first padding
    /// is the end.
    static String decode(Arguments arguments) throws IntrinsicException {
        var digits = bounded(arguments)
                .replaceFirst("(?s)=.*", "")
                .replaceAll("[^A-Za-z0-9+/_-]", "")
                .replace('-', '+')
                .replace('_', '/');
        // Six bits alone make no byte.
        var whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
        return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
    }

    private static String bounded(Arguments arguments) throws IntrinsicException {
        var text = arguments.text(0);
        if (text.length() > LONGEST) {
            throw arguments.invalid();
        }
        return text;
    }

    static String hash(Arguments arguments) throws IntrinsicException {
        var data = arguments.value(0) instanceof String text ? text : ofJson(arguments, 0);
        if (data.length() > LONGEST) {
            throw arguments.invalid();
        }
        var algorithm = arguments.text(1);
        if (!ALGORITHMS.contains(algorithm)) {
            throw arguments.invalid();
        }
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
