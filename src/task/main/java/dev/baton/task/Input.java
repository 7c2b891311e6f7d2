package dev.baton.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The output of a required task, or another object, in the one version that the run is pinned to.
public interface Input {

    /// The logical address.
    String uri();

    /// The object's version, opaque.
    String version();

    /// In bytes.
    long size();

    /// The content from its beginning; the caller closes it. Asked again, it is read again.
    InputStream stream() throws IOException;

    /// The content as UTF-8 text; the caller closes it. Reading bytes that are no UTF-8 throws a
    /// [java.nio.charset.CharacterCodingException].
    default BufferedReader reader() throws IOException {
        var strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new BufferedReader(new InputStreamReader(stream(), strict));
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

    /// The exception to throw about a place in this input.
    ///
    /// @param line counted from 1
    /// @param column counted from 1
    default DataInvalid invalid(long line, long column, String problem) {
        return new DataInvalid(uri(), line, column, problem);
    }
}
