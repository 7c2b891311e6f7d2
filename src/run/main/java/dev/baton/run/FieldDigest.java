package dev.baton.run;

import dev.baton.name.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// SHA-256 over fields, each after its length (eight bytes, big-endian): no two different lists of fields feed it
/// the same bytes.
public final class FieldDigest {
    private final MessageDigest sha256 = Sha256.start();

    public FieldDigest add(byte[] field) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(field.length).flip());
        sha256.update(field);
        return this;
    }

    /// Adds the text as UTF-8.
    public FieldDigest add(String field) {
        return add(field.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds how many of something follow, so that a list cannot run into the field after it.
    public FieldDigest count(int count) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
        return this;
    }

    /// 64 hexadecimal digits in lower case. The digest begins anew.
    public String hex() {
        return Sha256.hex(sha256);
    }
}
