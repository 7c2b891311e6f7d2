package dev.baton.engine.data;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Reads S3 for an ItemReader. May block: the engine calls it on the threads given for that.
public interface ObjectReader {

    /// The bytes of one object (`arn:aws:states:::s3:getObject`).
    ///
    /// @throws ObjectAccessException when it cannot be read
    byte[] read(ObjectRequest request) throws ObjectAccessException;

    /// All objects of a listing (`arn:aws:states:::s3:listObjectsV2`), each as Step Functions hands it to an iteration:
    /// `Etag`, `Key`, `LastModified` (seconds since 1970), `Size`, `StorageClass`.
    ///
    /// @throws ObjectAccessException when they cannot be listed
    List<Map<String, @Nullable Object>> list(ObjectRequest request) throws ObjectAccessException;

    /// The same bytes as they are asked for: an object may be longer than the memory. What happens while they are read
    /// is an [java.io.IOException], with an [ObjectAccessException] as its cause where S3 refused.
    ///
    /// @throws ObjectAccessException when it cannot be read
    default InputStream open(ObjectRequest request) throws ObjectAccessException {
        return new ByteArrayInputStream(read(request));
    }

    /// The same listing page by page.
    default Pages pages(ObjectRequest request) {
        var once = new AtomicBoolean();
        return () -> once.getAndSet(true) ? null : list(request);
    }

    /// Some objects of a listing after others.
    @FunctionalInterface
    interface Pages {
        /// The next ones, or null at the end.
        ///
        /// @throws ObjectAccessException when they cannot be listed
        @Nullable
        List<Map<String, @Nullable Object>> next() throws ObjectAccessException;
    }
}
