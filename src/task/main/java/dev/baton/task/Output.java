package dev.baton.task;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The output stream of a task: where a task writes its output. Closing the stream commits nothing: the output appears,
/// whole, when `run` returned, and never when it threw.
public interface Output {

    /// The logical address.
    String uri();

    /// The one stream to write to; asked a second time in the same attempt it throws an [IllegalStateException].
    OutputStream stream() throws IOException;

    /// [#stream] as UTF-8 text.
    default BufferedWriter writer() throws IOException {
        return new BufferedWriter(new OutputStreamWriter(stream(), StandardCharsets.UTF_8));
    }

    /// Writes the whole content at once.
    default void bytes(byte[] content) throws IOException {
        try (var out = stream()) {
            out.write(content);
        }
    }

    /// Writes the whole content at once, as UTF-8.
    default void text(String content) throws IOException {
        bytes(content.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes the whole item of a task whose output is a [DynamoDbTarget]: its attributes beyond its key. Texts,
    /// numbers, booleans, `byte[]`, `null`, and lists, maps and sets of them.
    default void item(Map<String, ?> attributes) throws IOException {
        contentType("application/json").bytes(ItemDocument.of(attributes).bytes());
    }

    /// What kind of thing the output is, such as `text/html`; `application/octet-stream` if nothing is said. Said
    /// before the stream is asked for.
    Output contentType(String mediaType);
}
