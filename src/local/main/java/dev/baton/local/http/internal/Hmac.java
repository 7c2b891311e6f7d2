package dev.baton.local.http.internal;

import dev.baton.name.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;

/// HMAC-SHA-256 under one key. Both halves of the key are digested once and copied for each message, which halves the
/// work for the short messages of SigV4; `javax.crypto.Mac` digests them anew each time.
final class Hmac {
    private static final int BLOCK = 64;

    private final MessageDigest inner;
    private final MessageDigest outer;

    Hmac(byte[] key) {
        var padded = new byte[BLOCK];
        var fitting = key.length > BLOCK ? Sha256.of(key) : key;
        System.arraycopy(fitting, 0, padded, 0, fitting.length);
        inner = started(padded, 0x36);
        outer = started(padded, 0x5c);
    }

    private static MessageDigest started(byte[] key, int pad) {
        var block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (key[i] ^ pad);
        }
        var digest = Sha256.start();
        digest.update(block);
        return digest;
    }

    byte[] of(byte[] message) {
        var first = Sha256.copy(inner);
        first.update(message);
        var second = Sha256.copy(outer);
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
}
