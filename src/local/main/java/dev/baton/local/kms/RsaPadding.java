package dev.baton.local.kms;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// The paddings of RSA's signatures, around a digest that was made elsewhere: the JDK's own take whole messages.
///
/// See [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017), 9.1 and 9.2. PSS is with MGF1 of the same hash and a salt as
/// long as the hash, as KMS has it.
final class RsaPadding {
    private static final byte PSS_END = (byte) 0xbc;
    private static final int ZEROS = 8;

    private RsaPadding() {}

    /// EMSA-PKCS1-v1_5.
    static byte[] pkcs1(MessageDigest hash, byte[] digest, int length) {
        // The last arc of 2.16.840.1.101.3.4.2: which hash of SHA-2.
        var arc = switch (digest.length) {
            case 32 -> 1;
            case 48 -> 2;
            case 64 -> 3;
            default -> throw new IllegalArgumentException(hash.getAlgorithm());
        };
        var info = HexFormat.of()
                .parseHex("30%02x300d06096086480165030402%02x050004%02x"
                        .formatted(17 + digest.length, arc, digest.length));
        var block = new byte[length];
        Arrays.fill(block, (byte) 0xff);
        var head = length - info.length - digest.length;
        block[0] = 0;
        block[1] = 1;
        block[head - 1] = 0;
        System.arraycopy(info, 0, block, head, info.length);
        System.arraycopy(digest, 0, block, head + info.length, digest.length);
        return block;
    }

    /// EMSA-PSS for a modulus of whole bytes.
    static byte[] pss(MessageDigest hash, byte[] digest, int length, SecureRandom random) {
        var salt = new byte[digest.length];
        random.nextBytes(salt);
        var seed = seed(hash, digest, salt);
        var data = new byte[length - seed.length - 1];
        data[data.length - salt.length - 1] = 1;
        System.arraycopy(salt, 0, data, data.length - salt.length, salt.length);
        mask(hash, seed, data);
        return ByteBuffer.allocate(length).put(data).put(seed).put(PSS_END).array();
    }

    /// Whether a block is what [#pss] makes of a digest.
    static boolean isPss(MessageDigest hash, byte[] digest, byte[] block) {
        if (block[block.length - 1] != PSS_END || block[0] < 0) {
            return false;
        }
        var end = block.length - 1 - digest.length;
        var data = Arrays.copyOf(block, end);
        var seed = Arrays.copyOfRange(block, end, block.length - 1);
        mask(hash, seed, data);
        var one = end - digest.length - 1;
        for (var i = 0; i < one; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return data[one] == 1
                && MessageDigest.isEqual(seed, seed(hash, digest, Arrays.copyOfRange(data, one + 1, end)));
    }

    private static byte[] seed(MessageDigest hash, byte[] digest, byte[] salt) {
        hash.update(new byte[ZEROS]);
        hash.update(digest);
        return hash.digest(salt);
    }

    /// Lays MGF1 over the data, and clears the highest bit, so that the number is below the modulus.
    private static void mask(MessageDigest hash, byte[] seed, byte[] data) {
        for (var at = 0; at < data.length; at += seed.length) {
            hash.update(seed);
            var part = hash.digest(
                    ByteBuffer.allocate(Integer.BYTES).putInt(at / seed.length).array());
            for (var i = 0; i < part.length && at + i < data.length; i++) {
                data[at + i] ^= part[i];
            }
        }
        data[0] &= 0x7f;
    }
}
