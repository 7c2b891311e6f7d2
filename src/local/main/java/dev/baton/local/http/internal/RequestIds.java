package dev.baton.local.http.internal;

import dev.baton.local.http.Protocol;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Ids of requests in the forms that S3 and the others have. They need to differ, not to be secret.
final class RequestIds {
    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    String next(Protocol protocol) {
        var random = ThreadLocalRandom.current();
        if (protocol != Protocol.S3) {
            long high = random.nextLong() & ~0xf000L | 0x4000L;
            long low = random.nextLong() & ~(0b11L << 62) | 0b10L << 62;
            return new UUID(high, low).toString();
        }
        var id = new char[16];
        long bits = random.nextLong();
        long more = random.nextLong();
        for (int i = 0; i < 16; i++) {
            id[i] = LETTERS[(int) ((i < 8 ? bits : more) >>> (i & 7) * 5 & 31)];
        }
        return new String(id);
    }
}
