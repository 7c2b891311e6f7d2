package dev.baton.local.s3;

import java.io.IOException;
import java.util.function.Consumer;

/// Keeps changes in their order.
interface Journal extends AutoCloseable {

    /// For a store that ends with the process.
    Journal NONE = new Journal() {
        @Override
        public void replay(Consumer<Change> into) {}

        @Override
        public long append(Change change) {
            return 0;
        }

        @Override
        public void await(long ticket) {}

        @Override
        public void close() {}
    };

    /// Tells all changes so far. Called once, first.
    void replay(Consumer<Change> into) throws IOException;

    /// Takes a change down. Changes of one bucket come one after the other.
    ///
    /// @return a ticket for [#await]
    long append(Change change);

    /// Waits until the change is on the disk.
    void await(long ticket) throws IOException;

    @Override
    void close();
}
