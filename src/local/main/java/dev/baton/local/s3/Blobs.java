package dev.baton.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The store of the objects' bytes.
interface Blobs extends AutoCloseable {

    /// Bytes on their way in.
    abstract class Incoming extends OutputStream {

        /// The bytes, durable from here on as far as the store is durable at all.
        abstract Blob finish() throws IOException;

        /// Drops what was not finished; after [#finish()] does nothing.
        @Override
        public abstract void close();
    }

    /// @param expected how many bytes are likely to come; negative where nobody knows
    Incoming begin(long expected) throws IOException;

    /// A part of a blob. Open streams outlive the blob's deletion.
    InputStream open(Blob blob, long offset, long length) throws IOException;

    /// One more object refers to it.
    void retain(Blob blob);

    /// One object less refers to it; the last one takes it away.
    void release(Blob blob);

    @Override
    void close();
}
