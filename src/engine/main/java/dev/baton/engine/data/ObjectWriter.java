package dev.baton.engine.data;

/// Writes S3 for a ResultWriter. May block: the engine calls it on the threads given for that.
@FunctionalInterface
public interface ObjectWriter {

    /// Writes one object (`arn:aws:states:::s3:putObject`).
    ///
    /// @throws ObjectAccessException when it cannot be written
    void write(ObjectRequest request, byte[] content) throws ObjectAccessException;
}
