package dev.baton.engine.internal.intrinsic;

import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.json.Json;
import org.jspecify.annotations.Nullable;

/// An intrinsic function that has no value for its arguments; its message is part of the state's cause, in the
/// service's words.
public final class IntrinsicException extends Exception {
    private static final long serialVersionUID = 1;

    private IntrinsicException(String message) {
        super(message, null, false, false);
    }

    /// The service says no more than this, whatever is wrong with them.
    static IntrinsicException invalidArguments(IntrinsicFunction function) {
        return new IntrinsicException("Invalid arguments in " + function.text());
    }

    public static IntrinsicException notFound(String path, @Nullable Object input) {
        return new IntrinsicException("The JsonPath argument for the field '" + path
                + "' could not be found in the input '" + Json.print(input) + "'");
    }
}
