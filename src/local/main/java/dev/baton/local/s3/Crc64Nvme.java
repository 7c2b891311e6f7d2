package dev.baton.local.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// The CRC of the NVM Express specification, 64 bits, reflected; S3's checksum of objects that come with none.
/// Eight bytes a step.
final class Crc64Nvme implements Checksum {
    /// The polynomial, bits reversed.
    static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long crc = -1;

    private static long[][] tables() {
        var tables = new long[8][256];
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            tables[0][b] = crc;
        }
        for (int b = 0; b < 256; b++) {
            for (int t = 1; t < 8; t++) {
                long before = tables[t - 1][b];
                tables[t][b] = before >>> 8 ^ tables[0][(int) (before & 0xff)];
            }
        }
        return tables;
    }

    @Override
    public void update(int b) {
        crc = crc >>> 8 ^ TABLES[0][(int) ((crc ^ b) & 0xff)];
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long value = crc;
        for (; at + 8 <= end; at += 8) {
            long word = value ^ (long) LONG.get(bytes, at);
            value = TABLES[7][(int) (word & 0xff)]
                    ^ TABLES[6][(int) (word >>> 8 & 0xff)]
                    ^ TABLES[5][(int) (word >>> 16 & 0xff)]
                    ^ TABLES[4][(int) (word >>> 24 & 0xff)]
                    ^ TABLES[3][(int) (word >>> 32 & 0xff)]
                    ^ TABLES[2][(int) (word >>> 40 & 0xff)]
                    ^ TABLES[1][(int) (word >>> 48 & 0xff)]
                    ^ TABLES[0][(int) (word >>> 56)];
        }
        for (; at < end; at++) {
            value = value >>> 8 ^ TABLES[0][(int) ((value ^ bytes[at]) & 0xff)];
        }
        crc = value;
    }

    @Override
    public long getValue() {
        return ~crc;
    }

    @Override
    public void reset() {
        crc = -1;
    }
}
