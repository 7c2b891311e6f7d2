package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the callback function is told; the *Object Created* of a `done` object tells it the same as a [Nudge].
public sealed interface CallbackEvent {

    /// Something may have become complete in a run. It carries names only and no authority: whoever gets it looks
    /// for himself.
    record Nudge(String pipeline, String run) implements CallbackEvent {
        public Map<String, @Nullable Object> toJson() {
            var names = new LinkedHashMap<String, @Nullable Object>();
            names.put("pipeline", pipeline);
            names.put("run", run);
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("nudge", names);
            return json;
        }
    }

    /// A task's function that was invoked asynchronously has ended: Lambda's own record of it, sent to the function's
    /// [destination](https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
    ///
    /// @param run whose task it was
    /// @param awaiter which `awaits` object it was begun for
    /// @param token that it was begun with, which is the authority to say so
    /// @param ending how it ended
    record Ended(RunReference run, String awaiter, String token, InvocationEnd ending) implements CallbackEvent {
        /// Without the token.
        @Override
        public String toString() {
            return "Ended[" + awaiter + ", " + ending + "]";
        }
    }

    /// @throws InvalidInput when this is nothing that the callback function knows
    static CallbackEvent of(@Nullable Object json) {
        var fields = StrictFields.of("the callback function's event", json);
        if (fields.has("nudge")) {
            var names = fields.object("nudge");
            return new Nudge(names.string("pipeline"), names.string("run"));
        }
        if (fields.has("requestContext")) {
            var request = fields.object("requestPayload");
            var await = request.object("await");
            return new Ended(
                    RunReference.of(request.object("run")),
                    await.string("awaiter"),
                    await.string("token"),
                    InvocationEnd.of(fields));
        }
        throw new InvalidInput("the callback function's event must have \"nudge\" or \"requestContext\"");
    }
}
