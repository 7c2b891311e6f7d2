package dev.baton.local.dynamodb;

import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeOrder;
import org.jspecify.annotations.Nullable;

/// The place of an item in a table or an index: in its partition, and there in the order of the sort key.
///
/// Partitions are in the order of a hash, as a scan tells them.
///
/// @param base in an index, where several items may have the same key, the place in the table
/// @param edge -1 and 1 for what lies before and behind all that begins so; else 0
record RowKey(
        int hash,
        Attribute partition,
        @Nullable Attribute sort,
        @Nullable RowKey base,
        int edge) implements Comparable<RowKey> {

    static RowKey of(Attribute partition, @Nullable Attribute sort, @Nullable RowKey base) {
        return new RowKey(spread(partition), partition, sort, base, 0);
    }

    static RowKey before(Attribute partition, @Nullable Attribute sort) {
        return new RowKey(spread(partition), partition, sort, null, -1);
    }

    static RowKey after(Attribute partition, @Nullable Attribute sort) {
        return new RowKey(spread(partition), partition, sort, null, 1);
    }

    /// So that keys that are alike are far from one another, and the segments of a scan of the same size.
    private static int spread(Attribute value) {
        int hash = value.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    /// The segment of a scan that it is in.
    int segment(int segments) {
        return (int) ((hash & 0xffff_ffffL) * segments >>> 32);
    }

    @Override
    public int compareTo(RowKey other) {
        int order = Integer.compareUnsigned(hash, other.hash);
        if (order == 0) {
            order = AttributeOrder.ORDER.compare(partition, other.partition);
        }
        if (order == 0) {
            order = compare(sort, other.sort, other);
        }
        if (order == 0) {
            var mine = base;
            var theirs = other.base;
            order = mine == null || theirs == null
                    ? edges(mine == null, theirs == null, other)
                    : mine.compareTo(theirs);
        }
        return order;
    }

    private int compare(@Nullable Attribute mine, @Nullable Attribute theirs, RowKey other) {
        return mine == null || theirs == null
                ? mine == null && theirs == null ? 0 : edges(mine == null, theirs == null, other)
                : AttributeOrder.ORDER.compare(mine, theirs);
    }

    /// What lacks a part is before or behind all that has it.
    private int edges(boolean mineEnds, boolean theirsEnds, RowKey other) {
        if (mineEnds && theirsEnds) {
            return Integer.compare(edge, other.edge);
        }
        return mineEnds ? (edge > 0 ? 1 : -1) : (other.edge > 0 ? -1 : 1);
    }
}
