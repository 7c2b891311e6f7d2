package dev.baton.task.run;

import dev.baton.task.InvalidInput;
import dev.baton.task.internal.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the callback function is told by Baton itself; the *Object Created* of a `done` object tells it the same as
/// a [Nudge].
public sealed interface CallbackEvent {

    /// A join waits: its state was entered with a task token.
    ///
    /// @param awaiter unique in the run: the state's name, and in a Map the item's too
    /// @param nodes the ids of the nodes that release it
    /// @param token the task token, a secret
    /// @param run whose nodes they are
    record Register(String awaiter, List<String> nodes, String token, RunReference run) implements CallbackEvent {
        public Register {
            nodes = List.copyOf(nodes);
        }

        @Override
        public Map<String, @Nullable Object> toJson() {
            var await = new LinkedHashMap<String, @Nullable Object>();
            await.put("awaiter", awaiter);
            await.put("nodes", nodes);
            await.put("token", token);
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("await", await);
            json.put("run", run.toJson());
            return json;
        }

        /// Without the token.
        @Override
        public String toString() {
            return "Register[" + awaiter + " for " + nodes + "]";
        }
    }

    /// Something may have become complete in a run. It carries names only and no authority: whoever gets it looks
    /// for himself.
    record Nudge(String pipeline, String run) implements CallbackEvent {
        @Override
        public Map<String, @Nullable Object> toJson() {
            var names = new LinkedHashMap<String, @Nullable Object>();
            names.put("pipeline", pipeline);
            names.put("run", run);
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("nudge", names);
            return json;
        }
    }

    Map<String, @Nullable Object> toJson();

    /// @throws InvalidInput when this is nothing that the callback function knows
    static CallbackEvent of(@Nullable Object json) {
        var fields = Fields.of("the callback function's event", json);
        if (fields.has("await")) {
            var await = fields.object("await");
            return new Register(
                    await.string("awaiter"),
                    await.stringList("nodes"),
                    await.string("token"),
                    RunReference.of(fields.object("run")));
        }
        if (fields.has("nudge")) {
            var names = fields.object("nudge");
            return new Nudge(names.string("pipeline"), names.string("run"));
        }
        throw new InvalidInput("the callback function's event must have \"await\" or \"nudge\"");
    }
}
