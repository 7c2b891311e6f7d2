package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What people ask the access function of a pipeline.
public sealed interface RightsInvocation {
    /// The member of a request that holds it.
    String FIELD = "access";

    /// Asks for rights.
    ///
    /// @param actions words of actions
    record Request(SortedSet<String> actions, long seconds, String reason) implements RightsInvocation {
        public Request {
            actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        }
    }

    /// Says yes or no to a request.
    ///
    /// @param hash [RightsRequest#hash] of what was seen
    record Decide(String id, String hash, boolean granted, String reason) implements RightsInvocation {}

    /// Takes up what was granted: asks for credentials.
    record Take(String id) implements RightsInvocation {}

    /// Ends rights before their time.
    record Revoke(String id, String reason) implements RightsInvocation {}

    /// Asks what was asked for and what became of it.
    record Requests() implements RightsInvocation {}

    /// Asks for whom the function takes whoever asks.
    record WhoAmI() implements RightsInvocation {}

    default Map<String, @Nullable Object> toJson() {
        var asked = new LinkedHashMap<String, @Nullable Object>();
        switch (this) {
            case Request(var actions, var seconds, var reason) -> {
                asked.put("what", "request");
                asked.put("actions", List.copyOf(actions));
                asked.put("seconds", seconds);
                asked.put("reason", reason);
            }
            case Decide(var id, var hash, var granted, var reason) -> {
                asked.put("what", granted ? "approve" : "reject");
                asked.put("id", id);
                asked.put("hash", hash);
                asked.put("reason", reason);
            }
            case Take(var id) -> {
                asked.put("what", "take");
                asked.put("id", id);
            }
            case Revoke(var id, var reason) -> {
                asked.put("what", "revoke");
                asked.put("id", id);
                asked.put("reason", reason);
            }
            case Requests() -> asked.put("what", "list");
            case WhoAmI() -> asked.put("what", "whoami");
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(FIELD, asked);
        return json;
    }

    /// @throws InvalidInput when this is not what [#toJson] makes
    static RightsInvocation of(StrictFields request) {
        var asked = request.only(FIELD).object(FIELD);
        return switch (asked.string("what")) {
            case "request" -> {
                var fields = asked.only("what", "actions", "seconds", "reason");
                yield new Request(
                        new TreeSet<>(fields.stringList("actions")),
                        fields.integer("seconds"),
                        fields.string("reason"));
            }
            case "approve" -> decide(asked, true);
            case "reject" -> decide(asked, false);
            case "take" -> new Take(asked.only("what", "id").string("id"));
            case "revoke" -> {
                var fields = asked.only("what", "id", "reason");
                yield new Revoke(fields.string("id"), fields.string("reason"));
            }
            case "list" -> {
                asked.only("what");
                yield new Requests();
            }
            case "whoami" -> {
                asked.only("what");
                yield new WhoAmI();
            }
            default ->
                throw new InvalidInput("\"what\" of " + asked.what()
                        + " must be request, approve, reject, take, revoke, list or whoami, but was "
                        + asked.string("what"));
        };
    }

    private static Decide decide(StrictFields asked, boolean granted) {
        var fields = asked.only("what", "id", "hash", "reason");
        return new Decide(fields.string("id"), fields.string("hash"), granted, fields.string("reason"));
    }
}
