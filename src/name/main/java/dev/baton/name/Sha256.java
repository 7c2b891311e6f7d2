package dev.baton.name;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// The SHA-256 of content. A copy of a fresh digest is had faster than another one.
public final class Sha256 {
    private static final MessageDigest FRESH = fresh();
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    /// A digest that has seen nothing yet.
    public static MessageDigest start() {
        return copy(FRESH);
    }

    /// A digest that has seen the same.
    public static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be copied", e);
        }
    }

    /// 32 bytes.
    public static byte[] of(byte[] content) {
        return start().digest(content);
    }

    /// 32 bytes: of the text in UTF-8.
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// 32 bytes: of all that is left of a stream, which stays open.
    public static byte[] of(InputStream content) throws IOException {
        var digest = start();
        var buffer = new byte[BUFFER];
        for (var length = content.read(buffer); length >= 0; length = content.read(buffer)) {
            digest.update(buffer, 0, length);
        }
        return digest.digest();
    }

    /// 64 hexadecimal digits in lower case.
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }

    /// 64 hexadecimal digits in lower case: of the text in UTF-8.
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /// 64 hexadecimal digits in lower case: of what the digest has seen. It begins anew.
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The Base64 of all that is left of a stream, as S3 has it in `x-amz-checksum-sha256`.
    public static String base64(InputStream content) throws IOException {
        return Base64.getEncoder().encodeToString(of(content));
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
