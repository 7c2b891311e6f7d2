package dev.baton.task.run;

import dev.baton.task.internal.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of an `awaits` object: a join that waits, by task token, for the completion of a set of nodes.
///
/// @param token the task token
/// @param done the keys of the `done` objects that release it
public record Await(String token, List<String> done) {

    public Await {
        done = List.copyOf(done);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("token", token);
        json.put("done", done);
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is no `awaits` object
    public static Await parse(byte[] utf8) {
        var fields = Fields.parse("the await", utf8);
        return new Await(fields.string("token"), fields.stringList("done"));
    }

    /// Without the token, which is a secret.
    @Override
    public String toString() {
        return "Await[" + done + "]";
    }
}
