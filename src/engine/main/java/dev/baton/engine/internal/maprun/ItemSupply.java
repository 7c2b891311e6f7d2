package dev.baton.engine.internal.maprun;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.map.ItemCursor;
import dev.baton.engine.internal.map.ItemReaderException;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.journal.Message.ToMapRun;
import org.jspecify.annotations.Nullable;

/// The items of an ItemReader, some at a time. It goes on where it stood, in another process too: it is told how many
/// it gave before.
final class ItemSupply {
    private final PreparedItemReader.Source source;
    private final ObjectReader reader;
    private volatile @Nullable ItemCursor cursor;

    ItemSupply(PreparedItemReader.Source source, ObjectReader reader) {
        this.source = source;
        this.reader = reader;
    }

    /// The next items, or why there are none. It may block.
    ///
    /// @param before how many items were read already
    ToMapRun next(long before) {
        try {
            var here = cursor;
            if (here == null) {
                here = source.cursor(reader, before);
                cursor = here;
            }
            return new ToMapRun.ItemsRead(here.next().json());
        } catch (ItemReaderException e) {
            return failed(e.getMessage());
        } catch (ObjectAccessException e) {
            return failed(e.cause());
        } catch (RuntimeException | Error e) {
            return failed(String.valueOf(e));
        }
    }

    private ToMapRun failed(@Nullable String cause) {
        end();
        return new ToMapRun.Failed(ErrorNames.ITEM_READER_FAILED, cause);
    }

    /// Lets go of what is open; what comes next is opened again.
    void end() {
        cursor = null;
    }
}
