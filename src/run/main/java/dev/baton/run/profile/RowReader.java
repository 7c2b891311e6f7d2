package dev.baton.run.profile;

import dev.baton.run.DataProfile;
import org.jspecify.annotations.Nullable;

/// Reads one format as its bytes come by, in memory that does not grow with them.
interface RowReader {

    /// Takes the next bytes.
    ///
    /// @throws UnreadableData when what comes can no longer be read
    void write(byte[] bytes, int offset, int length) throws UnreadableData;

    /// Takes the end of the bytes.
    ///
    /// @throws UnreadableData when they may not end here
    void end() throws UnreadableData;

    /// What was read so far.
    DataProfile profile(long bytes, @Nullable String problem);
}
