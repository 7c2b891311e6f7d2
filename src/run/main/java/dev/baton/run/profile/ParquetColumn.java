package dev.baton.run.profile;

import dev.baton.run.ColumnProfile;
import dev.baton.run.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A leaf of a Parquet schema, and what the statistics of its row groups tell together
/// ([format](https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift)).
final class ParquetColumn {
    private final Map<Integer, Object> element;
    private final String name;
    private final ColumnType type;
    private @Nullable Long nulls = 0L;
    private @Nullable Comparable<?> least;
    private @Nullable Comparable<?> greatest;
    private boolean hasBounds = true;
    private @Nullable Long distinct;
    private int groups;

    /// @param element the `SchemaElement`
    ParquetColumn(String name, Map<Integer, Object> element) {
        this.name = name;
        this.element = element;
        this.type = type(element);
    }

    private static ColumnType type(Map<Integer, Object> element) {
        var logical = logical(element);
        var converted = element.get(6) instanceof Long said ? said.intValue() : -1;
        return switch ((int) number(element, 1)) {
            case 0 -> ColumnType.BOOLEAN;
            case 1, 2 -> {
                if (logical == 6 || converted == 6) {
                    yield ColumnType.DATE;
                }
                if (logical == 8 || converted == 9 || converted == 10) {
                    yield ColumnType.TIMESTAMP;
                }
                yield logical == 5 || converted == 5 ? ColumnType.NUMBER : ColumnType.INTEGER;
            }
            case 3 -> ColumnType.TIMESTAMP;
            case 4, 5 -> ColumnType.NUMBER;
            default -> {
                if (logical == 5 || converted == 5) {
                    yield ColumnType.NUMBER;
                }
                var isText = logical == 1 || logical == 4 || logical == 12;
                yield isText || converted == 0 || converted == 4 || converted == 19
                        ? ColumnType.TEXT
                        : ColumnType.BINARY;
            }
        };
    }

    private static int logical(Map<Integer, Object> element) {
        return element.get(10) instanceof Map<?, ?> union && !union.isEmpty()
                ? (Integer) union.keySet().iterator().next()
                : -1;
    }

    private static long number(Map<Integer, Object> struct, int field) {
        return struct.get(field) instanceof Long number ? number : -1;
    }

    /// Takes the `Statistics` of one row group.
    void add(@Nullable Object statistics, long rows) {
        groups++;
        if (!(statistics instanceof Map<?, ?> told)) {
            nulls = null;
            hasBounds = false;
            distinct = null;
            return;
        }
        nulls = nulls != null && told.get(3) instanceof Long some ? (Long) (nulls + some) : null;
        distinct = groups == 1 && told.get(4) instanceof Long some ? some : null;
        var isAllNull = told.get(3) instanceof Long some && some == rows;
        if (isAllNull) {
            return;
        }
        // The older pair is only right where bytes are not compared as unsigned ones.
        var isPlain = type != ColumnType.TEXT && type != ColumnType.BINARY;
        var low = value(told.get(6) == null && isPlain ? told.get(2) : told.get(6));
        var high = value(told.get(5) == null && isPlain ? told.get(1) : told.get(5));
        if (low == null || high == null) {
            hasBounds = false;
            return;
        }
        least = least == null || compare(low, least) < 0 ? low : least;
        greatest = greatest == null || compare(high, greatest) > 0 ? high : greatest;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparator<Comparable<?>>) (Comparator<?>) Comparator.naturalOrder()).compare(one, other);
    }

    private @Nullable Comparable<?> value(@Nullable Object bytes) {
        if (!(bytes instanceof byte[] plain)) {
            return null;
        }
        var in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        return switch ((int) number(element, 1)) {
            case 0 -> plain.length == 1 ? (Comparable<?>) (plain[0] != 0) : null;
            case 1 -> plain.length == 4 ? whole(in.getInt()) : null;
            case 2 -> plain.length == 8 ? whole(in.getLong()) : null;
            case 4 -> plain.length == 4 ? finite(Double.parseDouble(Float.toString(in.getFloat()))) : null;
            case 5 -> plain.length == 8 ? finite(in.getDouble()) : null;
            case 6, 7 -> {
                if (type == ColumnType.TEXT) {
                    yield new String(plain, StandardCharsets.UTF_8);
                }
                if (type == ColumnType.NUMBER && plain.length > 0) {
                    yield new BigDecimal(new BigInteger(plain), scale());
                }
                yield null;
            }
            default -> null;
        };
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    private int scale() {
        return (int) Math.max(0, number(element, 7));
    }

    private Comparable<?> whole(long value) {
        return switch (type) {
            case DATE -> LocalDate.ofEpochDay(value);
            case TIMESTAMP -> Instant.EPOCH.plus(value, unit());
            case NUMBER -> BigDecimal.valueOf(value, scale());
            default -> value;
        };
    }

    private ChronoUnit unit() {
        if (element.get(10) instanceof Map<?, ?> union
                && union.get(8) instanceof Map<?, ?> timestamp
                && timestamp.get(2) instanceof Map<?, ?> unit) {
            return unit.containsKey(1) ? ChronoUnit.MILLIS : unit.containsKey(2) ? ChronoUnit.MICROS : ChronoUnit.NANOS;
        }
        return number(element, 6) == 10 ? ChronoUnit.MICROS : ChronoUnit.MILLIS;
    }

    ColumnProfile profile() {
        return new ColumnProfile(
                ColumnStatistics.cut(name),
                type,
                nulls,
                distinct,
                hasBounds && least != null ? told(least) : null,
                hasBounds && greatest != null ? told(greatest) : null,
                null);
    }

    private static String told(Comparable<?> value) {
        return ColumnStatistics.cut(value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    }
}
