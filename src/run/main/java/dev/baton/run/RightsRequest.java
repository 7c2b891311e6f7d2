package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request of a person for rights on a pipeline for a while: what an approval is bound to, an object under
/// `access/<pipeline>/<id>/` that is written once.
///
/// @param id begins with when it was asked, such as `20261201T031742Z-3f2a9c1b`; it names the session too
/// @param pipeline the pipeline's name
/// @param environment the environment's name
/// @param requester who asks, with the teams that were proven then
/// @param actions words of actions, such as `read`, `start`
/// @param seconds for how long, from the approval on
/// @param reason why, as was given
/// @param rights SHA-256 in hex of what the actions stood for when it was asked: other rights need another approval
/// @param askedAt when
public record RightsRequest(
        String id,
        String pipeline,
        String environment,
        Requester requester,
        SortedSet<String> actions,
        long seconds,
        String reason,
        String rights,
        Instant askedAt) {
    /// The shortest time for which rights can be asked.
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /// The longest time for which rights can be asked: no more than a day's work.
    public static final Duration LONGEST = Duration.ofHours(12);

    /// The time for which a request waits for its approval.
    public static final Duration OPEN = Duration.ofHours(24);

    private static final long VERSION = 1;

    public RightsRequest {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }

    /// SHA-256 in hex of everything in it: what whoever approves has seen.
    public String hash() {
        return Sha256.hex(Json.print(toJson()));
    }

    /// The time until which it can be approved.
    public Instant openUntil() {
        return askedAt.plus(OPEN);
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("id", id);
        json.put("pipeline", pipeline);
        json.put("environment", environment);
        json.put("requester", requester.toJson());
        json.put("actions", List.copyOf(actions));
        json.put("seconds", seconds);
        json.put("reason", reason);
        json.put("rights", rights);
        json.put("askedAt", askedAt.toString());
        return json;
    }

    /// @throws InvalidInput when this is not what [#toJson] makes
    public static RightsRequest of(StrictFields fields) {
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput("\"version\" of " + fields.what() + " must be " + VERSION + ", but was "
                    + fields.integer("version"));
        }
        return new RightsRequest(
                fields.string("id"),
                fields.string("pipeline"),
                fields.string("environment"),
                Requester.of(fields.object("requester")),
                new TreeSet<>(fields.stringList("actions")),
                fields.integer("seconds"),
                fields.string("reason"),
                fields.string("rights"),
                fields.instant("askedAt"));
    }

    /// @throws InvalidInput when this is not the JSON of one
    public static RightsRequest parse(byte[] utf8) {
        return of(StrictFields.parse("the request for rights", utf8));
    }
}
