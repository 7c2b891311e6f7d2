package dev.baton.json;

import java.io.Closeable;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// The elements of a JSON array, read one after another: no more of a long text is in memory than one of them.
public final class JsonElements implements Closeable {
    private final JsonParser parser;
    private boolean over;

    /// Begins to read UTF-8 bytes.
    ///
    /// @throws JsonException when they do not begin a JSON value
    public JsonElements(InputStream utf8) {
        try {
            this.parser = Json.FACTORY.createParser(ObjectReadContext.empty(), utf8);
            Json.begin(parser);
        } catch (JacksonException e) {
            throw Json.problem(e);
        }
    }

    /// Whether the text is an array, so that it has elements.
    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY || over;
    }

    /// The whole value, where it is none.
    public @Nullable Object whole() {
        try {
            var value = Json.value(parser);
            Json.end(parser);
            return value;
        } catch (JacksonException e) {
            throw Json.problem(e);
        }
    }

    /// Goes on to the next element.
    ///
    /// @return whether there is one
    /// @throws JsonException when the text is not exactly one array
    public boolean advance() {
        try {
            if (!over && parser.nextToken() == JsonToken.END_ARRAY) {
                over = true;
                Json.end(parser);
            }
            return !over;
        } catch (JacksonException e) {
            throw Json.problem(e);
        }
    }

    /// The element that [#advance] went on to; asked once.
    public @Nullable Object element() {
        try {
            return Json.value(parser);
        } catch (JacksonException e) {
            throw Json.problem(e);
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
