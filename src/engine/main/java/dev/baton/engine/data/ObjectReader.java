package dev.baton.engine.data;

import java.util.List;
import java.util.Map;
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
}
