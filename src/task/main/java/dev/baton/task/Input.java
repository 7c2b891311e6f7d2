package dev.baton.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The output of a required task, or another object, in the one version that the run is pinned to.
public interface Input {

    /// The logical address.
    String uri();

    /// The object's version, opaque.
    String version();

    /// In bytes.
    long size();

    /// The content from its beginning; the caller closes it. Asked again, it is read again. Where a library of the JDK
    /// cannot decode it (a compressed file that is cut off, text in another character set), and the task lets its
    /// exception through, that becomes a [DataInvalid] that names the file and how far it was read.
    InputStream stream() throws IOException;

    /// The content as UTF-8 text; the caller closes it. Reading bytes that are not UTF-8 throws a [DataInvalid] that
    /// names the line, and the offset of the byte, counted from 0.
    default BufferedReader reader() throws IOException {
        return new BufferedReader(new Utf8Reader(uri(), stream()));
    }

    /// The whole content.
    default byte[] bytes() throws IOException {
        try (var in = stream()) {
            return in.readAllBytes();
        }
    }

    /// The whole content as UTF-8 text.
    default String text() throws IOException {
        try (var in = reader()) {
            var text = new StringBuilder();
            var chunk = new char[8192];
            for (var n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                text.append(chunk, 0, n);
            }
            return text.toString();
        }
    }

    /// The attributes beyond the key of an item that a task with a [DynamoDbTarget] wrote: integers that fit are
    /// `Long`, other numbers [java.math.BigDecimal].
    default Map<String, @Nullable Object> item() throws IOException {
        return ItemDocument.parse(bytes()).values();
    }

    /// The exception to throw about a place in this input.
    ///
    /// @param line counted from 1
    /// @param column counted from 1
    default DataInvalid invalid(long line, long column, String problem) {
        return new DataInvalid(uri(), line, column, problem);
    }
}
