package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// A part of a table or an index in which a query looks: a partition, or what lies between two places of it.
///
/// @param from all items are behind it
/// @param to all items are before it
record KeyRange(Attribute partition, RowKey from, RowKey to) {

    static KeyRange all(Attribute partition) {
        return new KeyRange(partition, RowKey.before(partition, null), RowKey.after(partition, null));
    }

    KeyRange from(Attribute sort, boolean inclusive) {
        return new KeyRange(partition, inclusive ? RowKey.before(partition, sort) : RowKey.after(partition, sort), to);
    }

    KeyRange to(Attribute sort, boolean inclusive) {
        return new KeyRange(
                partition, from, inclusive ? RowKey.after(partition, sort) : RowKey.before(partition, sort));
    }

    KeyRange beginningWith(Attribute prefix) {
        var next = next(prefix);
        var begun = from(prefix, true);
        return next == null ? begun : begun.to(next, false);
    }

    /// The first of all values behind those that begin so; nothing where there are none behind.
    private static @Nullable Attribute next(Attribute prefix) {
        return switch (prefix) {
            case Attribute.S text -> next(text.value());
            case Attribute.B bytes -> next(bytes.value());
            default -> null;
        };
    }

    private static @Nullable Attribute next(String text) {
        var points = text.codePoints().toArray();
        for (int i = points.length - 1; i >= 0; i--) {
            if (points[i] < Character.MAX_CODE_POINT) {
                // Halves of pairs are no texts of their own.
                points[i] = points[i] + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : points[i] + 1;
                return new Attribute.S(new String(points, 0, i + 1));
            }
        }
        return null;
    }

    private static @Nullable Attribute next(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != -1) {
                var more = Arrays.copyOf(bytes, i + 1);
                more[i]++;
                return new Attribute.B(more);
            }
        }
        return null;
    }

    /// Whether a place lies in it.
    boolean has(RowKey key) {
        return from.compareTo(key) < 0 && key.compareTo(to) < 0;
    }

    /// The items in it, in the order that they are asked for.
    ///
    /// @param start behind which they begin, in that order; nothing for the whole
    NavigableMap<RowKey, StoredItem> of(
            NavigableMap<RowKey, StoredItem> rows, boolean forward, @Nullable RowKey start) {
        if (from.compareTo(to) >= 0) {
            return Collections.emptyNavigableMap();
        }
        if (start == null) {
            var part = rows.subMap(from, false, to, false);
            return forward ? part : part.descendingMap();
        }
        return forward
                ? rows.subMap(start, false, to, false)
                : rows.subMap(from, false, start, false).descendingMap();
    }
}
