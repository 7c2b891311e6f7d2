package dev.baton.engine.internal.query;

import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.json.Json;
import org.jspecify.annotations.Nullable;

/// A path in a payload template.
///
/// @param field the member that holds it, such as `value.$`, for messages
public record PathValue(PathSource source, String field) implements Evaluable {

    @Override
    public @Nullable Object evaluate(FieldScope at) {
        var value = source.find(at);
        if (value == MissingValue.MISSING) {
            if (source.leadsBehindArray(at)) {
                return null;
            }
            throw StateFailure.runtime("The JSONPath '" + source.text() + "' specified for the field '" + field
                    + "' could not be found in the input '" + Json.print(at.input()) + "'");
        }
        return value;
    }
}
