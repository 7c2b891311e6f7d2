package dev.baton.local.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256. A copy of a fresh digest is had faster than another one.
public final class Sha256Digest {
    private static final MessageDigest FRESH = fresh();

    private Sha256Digest() {}

    /// A digest that has seen nothing yet.
    public static MessageDigest start() {
        return copy(FRESH);
    }

    public static byte[] of(byte[] bytes) {
        return start().digest(bytes);
    }

    public static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
