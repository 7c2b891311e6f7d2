package dev.baton.local.s3;

import dev.baton.diagnostic.Diagnostic;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Keeps changes in their order.
interface ChangeJournal extends AutoCloseable {

    /// For a store that ends with the process.
    ChangeJournal NONE = new ChangeJournal() {
        @Override
        public List<Diagnostic> replay(Consumer<Change> into) {
            return List.of();
        }

        @Override
        public long append(Change change) {
            return 0;
        }

        @Override
        public void await(long ticket) {}

        @Override
        public long durable() {
            return 0;
        }

        @Override
        public long revoke() {
            return 0;
        }

        @Override
        public void close() {}
    };

    /// Tells all changes so far. Called once, first.
    ///
    /// @return what there is to say of its end
    List<Diagnostic> replay(Consumer<Change> into) throws IOException;

    /// Takes a change down. Changes of one bucket come one after the other.
    ///
    /// @return a ticket for [#await]
    long append(Change change);

    /// Waits until the change is on the disk.
    ///
    /// @throws IOException where it is not: [#revoke] has to follow
    void await(long ticket) throws IOException;

    /// The last ticket that is on the disk.
    long durable();

    /// Gives up the changes that could not be written.
    ///
    /// @return the last ticket that stays
    long revoke();

    @Override
    void close();
}
