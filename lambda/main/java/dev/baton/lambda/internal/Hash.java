package dev.baton.lambda.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of texts, printed two ways.
public final class Hash {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Hash() {}

    /// 64 digits.
    public static String hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    /// RFC 4648 without padding: 52 characters, letters and digits only.
    public static String base32(String text) {
        var printed = new StringBuilder();
        var buffer = 0;
        var bits = 0;
        for (var b : sha256(text)) {
            buffer = (buffer << 8) | (b & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                printed.append(BASE32.charAt((buffer >> (bits - 5)) & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        return bits == 0
                ? printed.toString()
                : printed.append(BASE32.charAt((buffer << (5 - bits)) & 31)).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
