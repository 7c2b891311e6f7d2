package dev.baton.run.profile;

import dev.baton.run.DataProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Data of which nothing but the length is known.
final class UnknownFormat implements RowReader {
    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public DataProfile profile(long bytes, @Nullable String problem) {
        return new DataProfile("bytes", bytes, null, 0, List.of(), 0, problem);
    }
}
