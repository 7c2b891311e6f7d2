package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import org.jspecify.annotations.Nullable;

/// Some of an object's bytes.
///
/// @param first counted from 0
/// @param last included
record ByteRange(long first, long last) {

    long length() {
        return last - first + 1;
    }

    /// What a `Range` header asks for; nothing where all is to be sent, as for a header that is not a range or several.
    ///
    /// @throws AwsError `InvalidRange`
    static @Nullable ByteRange of(@Nullable String header, long size) {
        if (header == null || !header.startsWith("bytes=") || header.indexOf(',') >= 0) {
            return null;
        }
        var range = header.substring("bytes=".length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0 || !range.matches("[0-9]{0,18}-[0-9]{0,18}") || range.equals("-")) {
            return null;
        }
        if (dash == 0) {
            long suffix = Long.parseLong(range.substring(1));
            if (suffix == 0 || size == 0) {
                throw invalid(header, size);
            }
            return new ByteRange(Math.max(0, size - suffix), size - 1);
        }
        long first = Long.parseLong(range.substring(0, dash));
        var end = range.substring(dash + 1);
        long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
        if (last < first) {
            return null;
        }
        if (first >= size) {
            throw invalid(header, size);
        }
        return new ByteRange(first, Math.min(last, size - 1));
    }

    static AwsError invalid(String asked, long size) {
        return new AwsError(416, "InvalidRange", "The requested range is not satisfiable")
                .with("RangeRequested", asked)
                .with("ActualObjectSize", Long.toString(size));
    }
}
