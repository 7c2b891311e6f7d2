package dev.baton.engine.internal.query;

import dev.baton.asl.PathField;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An `InputPath` or `OutputPath`.
final class WholePath {
    private final @Nullable PathSource source;

    private WholePath(@Nullable PathSource source) {
        this.source = source;
    }

    /// Nothing to do where the field is absent or `$`.
    static @Nullable WholePath of(@Nullable PathField field) {
        if (field == null) {
            return null;
        }
        var text = field.text();
        if (text == null) {
            return new WholePath(null);
        }
        var source = PathSource.parse(text);
        return source.isWholeInput() ? null : new WholePath(source);
    }

    @Nullable
    Object read(FieldScope at) {
        if (source == null) {
            return Map.of();
        }
        var value = source.find(at);
        if (value == MissingValue.MISSING) {
            throw StateFailure.runtime("Invalid path '" + source.text() + "' : " + source.whyMissing(at));
        }
        return value;
    }
}
