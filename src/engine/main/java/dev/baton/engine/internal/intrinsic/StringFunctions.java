package dev.baton.engine.internal.intrinsic;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on strings.
final class StringFunctions {
    /// What `States.Base64Encode`, `States.Base64Decode` and `States.Hash` take at most, in characters.
    private static final int LONGEST = 10_000;
    private static final Set<String> ALGORITHMS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private StringFunctions() {}

    static String format(Arguments arguments) throws IntrinsicException {
        var template = arguments.text(0);
        var text = new StringBuilder();
        var next = 1;
        for (var i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length()) {
                text.append(template.charAt(++i));
            } else if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
                if (next == arguments.count()) {
                    throw new IntrinsicException("Invalid arguments in States.Format: more placeholders than values");
                }
                text.append(shown(arguments.value(next++)));
                i++;
            } else {
                text.append(c);
            }
        }
        if (next < arguments.count()) {
            throw new IntrinsicException("Invalid arguments in States.Format: more values than placeholders");
        }
        return text.toString();
    }

    /// As Java prints lists and maps: the service shows `{Id=…, Name=…}`, not JSON.
    private static String shown(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .map(member -> member.getKey() + "=" + shown(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> array ->
                array.stream().map(StringFunctions::shown).collect(Collectors.joining(", ", "[", "]"));
            case null -> "null";
            default -> String.valueOf(value);
        };
    }

    /// Splits at each of the delimiter's characters; what is empty in between is left out.
    static List<String> split(Arguments arguments) throws IntrinsicException {
        var text = arguments.text(0);
        var delimiters = arguments.text(1);
        var parts = new ArrayList<String>();
        var start = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
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
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IntrinsicException("Invalid arguments in States.StringToJson: the string is no JSON");
        }
    }

    static String encode(Arguments arguments) throws IntrinsicException {
        return Base64.getEncoder().encodeToString(bounded(arguments).getBytes(StandardCharsets.UTF_8));
    }

    static String decode(Arguments arguments) throws IntrinsicException {
        try {
            return new String(Base64.getDecoder().decode(bounded(arguments)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IntrinsicException("Invalid arguments in States.Base64Decode: the string is no Base64");
        }
    }

    private static String bounded(Arguments arguments) throws IntrinsicException {
        var text = arguments.text(0);
        if (text.length() > LONGEST) {
            throw new IntrinsicException("Invalid arguments: the string has more than 10000 characters");
        }
        return text;
    }

    static String hash(Arguments arguments) throws IntrinsicException {
        var data = arguments.value(0) instanceof String text ? text : Json.print(arguments.value(0));
        if (data.length() > LONGEST) {
            throw new IntrinsicException("Invalid arguments in States.Hash: the data has more than 10000 characters");
        }
        var algorithm = arguments.text(1);
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IntrinsicException("Invalid arguments in States.Hash: unknown algorithm " + algorithm);
        }
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
