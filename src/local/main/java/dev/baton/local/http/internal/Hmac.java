package dev.baton.local.http.internal;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// HMAC-SHA-256 under one key. Both halves of the key are digested once and copied for each message, which halves the
/// work for the short messages of SigV4; `javax.crypto.Mac` digests them anew each time.
final class Hmac {
    private static final int BLOCK = 64;
    private static final MessageDigest SHA_256 = newSha256();

    private final MessageDigest inner;
    private final MessageDigest outer;

    Hmac(byte[] key) {
        var padded = new byte[BLOCK];
        var fitting = key.length > BLOCK ? sha256().digest(key) : key;
        System.arraycopy(fitting, 0, padded, 0, fitting.length);
        inner = started(padded, 0x36);
        outer = started(padded, 0x5c);
    }

    private static MessageDigest started(byte[] key, int pad) {
        var block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (key[i] ^ pad);
        }
        var digest = sha256();
        digest.update(block);
        return digest;
    }

    byte[] of(byte[] message) {
        var first = copy(inner);
        first.update(message);
        var second = copy(outer);
        var result = new byte[32];
        try {
            first.digest(result, 0, 32);
            second.update(result);
            second.digest(result, 0, 32);
        } catch (DigestException e) {
            throw new AssertionError("32 bytes are what SHA-256 makes", e);
        }
        return result;
    }

    byte[] of(String message) {
        return of(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    static MessageDigest sha256() {
        return copy(SHA_256);
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
