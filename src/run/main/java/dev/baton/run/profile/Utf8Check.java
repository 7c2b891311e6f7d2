package dev.baton.run.profile;

import java.util.Arrays;

/// Holds bytes against UTF-8 as they come by (RFC 3629), and against what text does not have.
final class Utf8Check {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private long before;
    private int awaited;
    private int low = 0x80;
    private int high = 0xbf;

    /// @throws UnreadableData with the offset, counted from 0, of what is not text
    void write(byte[] bytes, int offset, int length) throws UnreadableData {
        if (before == 0 && length > 1) {
            start(bytes, offset, length);
        }
        var end = offset + length;
        for (var at = offset; at < end; at++) {
            var b = bytes[at];
            if (b > 0 && awaited == 0) {
                continue;
            }
            next(b & 0xff, before + at - offset);
        }
        before += length;
    }

    void end() throws UnreadableData {
        if (awaited > 0) {
            throw new UnreadableData("it ends within a character of UTF-8");
        }
    }

    private static void start(byte[] bytes, int offset, int length) throws UnreadableData {
        if (begins(bytes, offset, length, GZIP)) {
            throw new UnreadableData("it is compressed (gzip)");
        }
        if (begins(bytes, offset, length, ZSTD)) {
            throw new UnreadableData("it is compressed (Zstandard)");
        }
        var pair = (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
        if (pair == 0xfeff || pair == 0xfffe) {
            throw new UnreadableData("it is not UTF-8, but UTF-16");
        }
    }

    private static boolean begins(byte[] bytes, int offset, int length, byte[] magic) {
        return length >= magic.length && Arrays.equals(bytes, offset, offset + magic.length, magic, 0, magic.length);
    }

    private void next(int b, long at) throws UnreadableData {
        if (awaited > 0) {
            if (b < low || b > high) {
                throw malformed(b, at);
            }
            awaited--;
            low = 0x80;
            high = 0xbf;
        } else if (b == 0) {
            throw new UnreadableData("it is not text: byte " + at + " is 00");
        } else if (b >= 0xc2 && b <= 0xdf) {
            awaited = 1;
        } else if (b >= 0xe0 && b <= 0xef) {
            awaited = 2;
            low = b == 0xe0 ? 0xa0 : 0x80;
            high = b == 0xed ? 0x9f : 0xbf;
        } else if (b >= 0xf0 && b <= 0xf4) {
            awaited = 3;
            low = b == 0xf0 ? 0x90 : 0x80;
            high = b == 0xf4 ? 0x8f : 0xbf;
        } else {
            throw malformed(b, at);
        }
    }

    private static UnreadableData malformed(int b, long at) {
        return new UnreadableData(String.format("it is not UTF-8: byte %d is %02X", at, b));
    }
}
