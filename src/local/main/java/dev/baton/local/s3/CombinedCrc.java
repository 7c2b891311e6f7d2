package dev.baton.local.s3;

import java.nio.ByteBuffer;

/// The CRC of bytes A followed by bytes B, from the CRCs of both and B's length: what S3 gives for uploads in parts
/// without reading them again. Appending zeros is linear over bits, so `n` of them are a matrix raised to `n`.
final class CombinedCrc {
    private final long polynomial;
    private final int width;

    private CombinedCrc(long polynomial, int width) {
        this.polynomial = polynomial;
        this.width = width;
    }

    static byte[] of(ChecksumAlgorithm algorithm, byte[] first, byte[] second, long secondLength) {
        return switch (algorithm) {
            case CRC32 -> new CombinedCrc(0xedb88320L, 32).combine(first, second, secondLength);
            case CRC32C -> new CombinedCrc(0x82f63b78L, 32).combine(first, second, secondLength);
            case CRC64NVME -> new CombinedCrc(Crc64Nvme.POLYNOMIAL, 64).combine(first, second, secondLength);
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " of a whole needs all of its bytes");
        };
    }

    private byte[] combine(byte[] first, byte[] second, long secondLength) {
        long combined = afterZeros(value(first), secondLength) ^ value(second);
        var buffer = ByteBuffer.allocate(width / 8);
        return (width == 32 ? buffer.putInt((int) combined) : buffer.putLong(combined)).array();
    }

    private long value(byte[] digest) {
        var buffer = ByteBuffer.wrap(digest);
        return width == 32 ? buffer.getInt() & 0xffffffffL : buffer.getLong();
    }

    private long afterZeros(long crc, long bytes) {
        var matrix = oneZeroBit();
        for (int i = 0; i < 3; i++) {
            matrix = product(matrix, matrix);
        }
        for (long left = bytes; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                crc = applied(matrix, crc);
            }
            matrix = product(matrix, matrix);
        }
        return crc;
    }

    private long[] oneZeroBit() {
        var matrix = new long[width];
        matrix[0] = polynomial;
        for (int i = 1; i < width; i++) {
            matrix[i] = 1L << i - 1;
        }
        return matrix;
    }

    private static long applied(long[] matrix, long vector) {
        long sum = 0;
        for (int i = 0; vector != 0; i++, vector >>>= 1) {
            if ((vector & 1) != 0) {
                sum ^= matrix[i];
            }
        }
        return sum;
    }

    private static long[] product(long[] a, long[] b) {
        var product = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = applied(a, b[i]);
        }
        return product;
    }
}
