package dev.baton.local.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Percent-coding of UTF-8, strict both ways.
public final class PercentCode {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCode() {}

    /// The text with `%xx` decoded and all else as it stands.
    ///
    /// @throws AwsError where the coding is broken or its bytes are no UTF-8
    public static String decode(String coded) {
        return decode(coded, false);
    }

    /// [#decode], and `+` is a blank.
    public static String decodeForm(String coded) {
        return decode(coded, true);
    }

    private static String decode(String coded, boolean plusIsBlank) {
        if (isPlain(coded, plusIsBlank)) {
            return coded;
        }
        var bytes = ByteBuffer.allocate(coded.length() * 3);
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            if (c == '%') {
                int high = i + 2 < coded.length() ? Character.digit(coded.charAt(i + 1), 16) : -1;
                int low = i + 2 < coded.length() ? Character.digit(coded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw broken();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c == '+' && plusIsBlank) {
                bytes.put((byte) ' ');
            } else {
                // The wire reads bytes as Latin-1, so that a character above 127 is a byte of UTF-8 sent raw.
                bytes.put((byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw broken();
        }
    }

    private static boolean isPlain(String coded, boolean plusIsBlank) {
        for (int i = 0; i < coded.length(); i++) {
            char c = coded.charAt(i);
            if (c == '%' || c > 127 || c == '+' && plusIsBlank) {
                return false;
            }
        }
        return true;
    }

    private static AwsError broken() {
        return new AwsError(400, "InvalidURI", "Couldn't parse the specified URI.");
    }

    /// RFC 3986: all but unreserved characters coded, as SigV4's canonical form wants it.
    ///
    /// @param keepSlash whether `/` stands for itself
    public static void encode(String text, boolean keepSlash, StringBuilder into) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c) || c == '/' && keepSlash) {
                into.append(c);
            } else {
                into.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }

    /// Pairs as in a form or a query: `a=1&b=2`.
    public static String form(Map<String, String> pairs) {
        var text = new StringBuilder();
        pairs.forEach((name, value) -> {
            text.append(text.isEmpty() ? "" : "&");
            encode(name, false, text);
            text.append('=');
            encode(value, false, text);
        });
        return text.toString();
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
