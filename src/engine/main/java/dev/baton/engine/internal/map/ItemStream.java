package dev.baton.engine.internal.map;

import dev.baton.engine.data.ObjectAccessException;
import org.jspecify.annotations.Nullable;

/// Items that are read one after another, so that no more of them are in memory than somebody asked for.
@FunctionalInterface
interface ItemStream {

    /// The next item, or null at the end. It may block.
    @Nullable
    Item next() throws ItemReaderException, ObjectAccessException;

    /// An item, and where it is from.
    ///
    /// @param source as the context object calls it: `S3://bucket/key`
    /// @param member whether it is an object's member, a pair of `Key` and `Value`, and not an array's element
    record Item(@Nullable Object value, String source, boolean member) {}

    /// Streams one after another, each opened when those before it have ended.
    @FunctionalInterface
    interface Streams {
        @Nullable
        ItemStream next() throws ItemReaderException, ObjectAccessException;
    }

    static ItemStream joined(Streams streams) {
        return new ItemStream() {
            private @Nullable ItemStream current;

            @Override
            public @Nullable Item next() throws ItemReaderException, ObjectAccessException {
                if (current == null) {
                    current = streams.next();
                }
                while (current != null) {
                    var item = current.next();
                    if (item != null) {
                        return item;
                    }
                    current = streams.next();
                }
                return null;
            }
        };
    }

    /// The first items alone.
    default ItemStream first(long count) {
        var all = this;
        return new ItemStream() {
            private long left = count;

            @Override
            public @Nullable Item next() throws ItemReaderException, ObjectAccessException {
                return left-- > 0 ? all.next() : null;
            }
        };
    }

    /// Values that are there already.
    static ItemStream of(Iterable<?> values, String source, boolean members) {
        var each = values.iterator();
        return () -> each.hasNext() ? new Item(each.next(), source, members) : null;
    }
}
