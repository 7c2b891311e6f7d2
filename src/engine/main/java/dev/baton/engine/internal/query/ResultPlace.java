package dev.baton.engine.internal.query;

import dev.baton.asl.PathField;
import dev.baton.asl.path.ReferencePath;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.PathWriter;
import dev.baton.json.Json;
import org.jspecify.annotations.Nullable;

/// A `ResultPath`: where a result goes in the state's raw input.
public final class ResultPlace {
    /// The result takes the input's place.
    public static final ResultPlace WHOLE = new ResultPlace(null, "$");

    private static final ResultPlace NOWHERE = new ResultPlace(null, "");

    private final @Nullable PathWriter writer;
    private final String text;

    private ResultPlace(@Nullable PathWriter writer, String text) {
        this.writer = writer;
        this.text = text;
    }

    public static ResultPlace of(@Nullable PathField field) {
        if (field == null) {
            return WHOLE;
        }
        var text = field.text();
        if (text == null) {
            return NOWHERE;
        }
        var writer = PathWriter.of(ReferencePath.parse(text));
        return writer.isRoot() ? WHOLE : new ResultPlace(writer, text);
    }

    public @Nullable Object put(@Nullable Object raw, @Nullable Object result) {
        if (writer == null) {
            return this == WHOLE ? result : raw;
        }
        try {
            return writer.write(raw, result);
        } catch (PathWriter.CannotWriteException e) {
            throw StateFailure.raised(
                    ErrorNames.RESULT_PATH_MATCH_FAILURE,
                    "Unable to apply ReferencePath " + text + " to input " + Json.print(raw));
        }
    }
}
