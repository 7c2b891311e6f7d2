package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import dev.baton.jsonata.internal.LibraryFunction.Body;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// Escapes in URLs and back, as ECMAScript has them; the library's are those of forms, in which a blank is a plus.
final class UrlFunctions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,#";
    private static final Pattern ESCAPED_RESERVED =
            Pattern.compile("%(?=3B|2F|3F|3A|40|26|3D|2B|24|2C|23)", Pattern.CASE_INSENSITIVE);

    private UrlFunctions() {}

    /// @param component whether what has a meaning in a URL is escaped as well
    static Body encode(String function, boolean component) {
        var kept = component ? UNRESERVED : UNRESERVED + RESERVED;
        return (arguments, evaluation) ->
                arguments.get(0) instanceof String text ? encode(function, text, kept, evaluation) : null;
    }

    private static String encode(String function, String text, String kept, Evaluation evaluation) {
        var encoded = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            var c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                // Half of a pair.
                throw new JException("D3140", -1, function, text);
            }
            if (c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
                encoded.append((char) c);
            } else {
                for (var b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
                evaluation.checkLength(encoded.length());
            }
        }
        return encoded.toString();
    }

    /// @param component whether what has a meaning in a URL is taken out of its escapes as well
    static Body decode(String function, boolean component) {
        return (arguments, evaluation) ->
                arguments.get(0) instanceof String text ? decode(function, text, component) : null;
    }

    private static String decode(String function, String text, boolean component) {
        try {
            var escaped = component ? text : ESCAPED_RESERVED.matcher(text).replaceAll("%25");
            var decoded = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!decoded.contains("\uFFFD") || text.toUpperCase(Locale.ROOT).contains("%EF%BF%BD")) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new JException("D3140", -1, function, text);
    }
}
