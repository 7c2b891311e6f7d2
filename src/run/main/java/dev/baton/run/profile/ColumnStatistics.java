package dev.baton.run.profile;

import dev.baton.run.ColumnProfile;
import dev.baton.run.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The counts of one column, value by value.
final class ColumnStatistics {
    /// Of the least and the greatest value, in characters.
    private static final int LONGEST = 64;
    /// Of a value that is compared, in bytes.
    private static final int COMPARED = 256;
    /// Up to here powers of ten, and products with them, are exact.
    private static final int EXACT_DIGITS = 15;

    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final String name;
    private final long[] seen = new long[ColumnType.values().length];
    private final DistinctValues distinct = new DistinctValues();
    private long values;
    private long numbers;
    private double sum;
    private double lost;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private byte[] leastNumber = {};
    private byte[] greatestNumber = {};
    private byte @Nullable [] first;
    private byte @Nullable [] last;

    ColumnStatistics(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// A field of a text file, which is not empty.
    void text(byte[] bytes, int offset, int length) {
        add(length == 0 ? ColumnType.TEXT : ValueShape.of(bytes, offset, length), bytes, offset, length);
    }

    /// A value whose type is known.
    void add(ColumnType type, byte[] bytes, int offset, int length) {
        values++;
        seen[type.ordinal()]++;
        distinct.add(bytes, offset, length);
        if (type == ColumnType.INTEGER || type == ColumnType.NUMBER) {
            number(bytes, offset, length);
        }
        compare(bytes, offset, Math.min(length, COMPARED));
    }

    private void number(byte[] bytes, int offset, int length) {
        var value = value(bytes, offset, length);
        numbers++;
        // Kahan's: what a sum loses is added to the next value.
        var exact = value - lost;
        var next = sum + exact;
        lost = (next - sum) - exact;
        sum = next;
        if (value < least) {
            least = value;
            leastNumber = Arrays.copyOfRange(bytes, offset, offset + length);
        }
        if (value > greatest) {
            greatest = value;
            greatestNumber = Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    private static double value(byte[] bytes, int offset, int length) {
        var digits = 0L;
        var count = 0;
        var point = -1;
        for (var i = 0; i < length; i++) {
            var b = bytes[offset + i];
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + b - '0';
                count++;
            } else if (b == '.') {
                point = count;
            } else if (i > 0) {
                count = Integer.MAX_VALUE;
            }
            if (count > EXACT_DIGITS) {
                return Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
            }
        }
        var value = point < 0 ? digits : digits / TENS[count - point];
        return bytes[offset] == '-' ? -value : value;
    }

    private void compare(byte[] bytes, int offset, int length) {
        var end = offset + length;
        if (first == null || Arrays.compareUnsigned(bytes, offset, end, first, 0, first.length) < 0) {
            first = Arrays.copyOfRange(bytes, offset, end);
        }
        if (last == null || Arrays.compareUnsigned(bytes, offset, end, last, 0, last.length) > 0) {
            last = Arrays.copyOfRange(bytes, offset, end);
        }
    }

    /// @param rows how many rows there were
    /// @param isTyped whether values of different types are a mixture, and not just text
    ColumnProfile profile(long rows, boolean isTyped) {
        var type = type(isTyped);
        var isNumber = type == ColumnType.INTEGER || type == ColumnType.NUMBER;
        var isOrdered = type != ColumnType.LIST && type != ColumnType.OBJECT && type != ColumnType.MIXED;
        return new ColumnProfile(
                name,
                type,
                rows - values,
                distinct.count(),
                values == 0 || !isOrdered ? null : told(isNumber ? leastNumber : first),
                values == 0 || !isOrdered ? null : told(isNumber ? greatestNumber : last),
                isNumber && Double.isFinite(sum / numbers) ? (Double) (sum / numbers) : null);
    }

    private ColumnType type(boolean isTyped) {
        if (values == 0) {
            return ColumnType.EMPTY;
        }
        for (var type : ColumnType.values()) {
            if (seen[type.ordinal()] == values) {
                return type;
            }
        }
        if (numbers == values) {
            return ColumnType.NUMBER;
        }
        var times = seen[ColumnType.DATE.ordinal()] + seen[ColumnType.TIMESTAMP.ordinal()];
        if (times == values) {
            return ColumnType.TIMESTAMP;
        }
        return !isTyped || times + seen[ColumnType.TEXT.ordinal()] == values ? ColumnType.TEXT : ColumnType.MIXED;
    }

    private static @Nullable String told(byte @Nullable [] bytes) {
        return bytes == null ? null : cut(new String(bytes, StandardCharsets.UTF_8));
    }

    /// So that a completion record stays small.
    static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }
}
