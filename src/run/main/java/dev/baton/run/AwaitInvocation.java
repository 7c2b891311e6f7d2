package dev.baton.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a state that waits for other branches tells the await function.
///
/// @param awaiter unique in the run: the node that begins, else the state's name, and in a Map the item's too
/// @param nodes the ids of the nodes that release it
/// @param token the task token, a secret
/// @param run whose nodes they are
/// @param begin what is begun when they are complete; nothing where the state only waits
public record AwaitInvocation(
        String awaiter, List<String> nodes, String token, RunReference run, Optional<Begin> begin) {

    public AwaitInvocation {
        nodes = List.copyOf(nodes);
    }

    /// An invocation of a task's function that is made when everything awaited is there.
    ///
    /// @param function the ARN of its version
    /// @param event the [TaskInvocation], as its state would send it
    public record Begin(String function, Map<String, @Nullable Object> event) {
        public Begin {
            event = Collections.unmodifiableMap(new LinkedHashMap<>(event));
        }

        Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("function", function);
            json.put("event", event);
            return json;
        }

        static Begin of(StrictFields fields) {
            return new Begin(fields.string("function"), fields.object("event").values());
        }
    }

    public Map<String, @Nullable Object> toJson() {
        var await = new LinkedHashMap<String, @Nullable Object>();
        await.put("awaiter", awaiter);
        await.put("nodes", nodes);
        await.put("token", token);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("await", await);
        json.put("run", run.toJson());
        begin.ifPresent(begun -> json.put("begin", begun.toJson()));
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what such a state sends
    public static AwaitInvocation parse(byte[] utf8) {
        var fields = StrictFields.parse("the await function's event", utf8);
        var await = fields.object("await");
        return new AwaitInvocation(
                await.string("awaiter"),
                await.stringList("nodes"),
                await.string("token"),
                RunReference.of(fields.object("run")),
                fields.maybeObject("begin").map(Begin::of));
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AwaitInvocation[" + awaiter + " for " + nodes + "]";
    }
}
