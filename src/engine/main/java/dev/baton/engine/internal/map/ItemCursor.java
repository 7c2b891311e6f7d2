package dev.baton.engine.internal.map;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.internal.failure.PayloadLimit;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The progress of reading a Map Run's items. One thread at a time reads.
public final class ItemCursor {
    /// The numbers of items, and of bytes of JSON, about, that are read at a time.
    public static final int MOST_ITEMS = 5_000;

    private static final long MOST_BYTES = 4 << 20;

    private final ItemStream stream;
    private ItemStream.@Nullable Item ahead;

    /// @param before how many items were read already, by another cursor
    ItemCursor(ItemStream stream, long before) throws ItemReaderException, ObjectAccessException {
        this.stream = stream;
        for (var i = 0L; i < before; i++) {
            if (stream.next() == null) {
                throw new ItemReaderException("The items that the Map Run is to go on with are gone: only " + i + " of "
                        + before + " that were read before are there.");
            }
        }
        this.ahead = stream.next();
    }

    /// The next items; whether there are more is told with them.
    public MapItems next() throws ItemReaderException, ObjectAccessException {
        return next(MOST_ITEMS, MOST_BYTES);
    }

    /// All that there are.
    MapItems all() throws ItemReaderException, ObjectAccessException {
        return next(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    private synchronized MapItems next(int mostItems, long mostBytes)
            throws ItemReaderException, ObjectAccessException {
        var values = new ArrayList<@Nullable Object>();
        var origins = new MapItems.Origins();
        var bytes = 0L;
        while (ahead != null && values.size() < mostItems && bytes < mostBytes) {
            origins.add(values.size(), ahead.source(), ahead.member());
            values.add(ahead.value());
            bytes += PayloadLimit.measure(ahead.value(), MOST_BYTES);
            ahead = stream.next();
        }
        return new MapItems(values, origins, ahead != null);
    }
}
