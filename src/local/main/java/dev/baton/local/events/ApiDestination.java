package dev.baton.local.events;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTPS endpoint that rules send events to, authorised by a connection.
///
/// @param arn with the name and an id
/// @param endpoint with `*` for each part of its path that targets fill in
/// @param perSecond how many requests a second it gets at most
record ApiDestination(
        String name,
        String arn,
        String description,
        String connectionArn,
        String endpoint,
        String method,
        int perSecond,
        Instant createdAt,
        Instant modifiedAt) {
    static final int USUAL_RATE = 300;

    Map<String, @Nullable Object> toJson() {
        return JsonAnswer.of(
                "name",
                name,
                "arn",
                arn,
                "description",
                description,
                "connection",
                connectionArn,
                "endpoint",
                endpoint,
                "method",
                method,
                "perSecond",
                (long) perSecond,
                "createdAt",
                createdAt.toString(),
                "modifiedAt",
                modifiedAt.toString());
    }

    static ApiDestination of(StoredJson json) {
        return new ApiDestination(
                json.text("name"),
                json.text("arn"),
                json.text("description"),
                json.text("connection"),
                json.text("endpoint"),
                json.text("method"),
                json.integer("perSecond"),
                json.time("createdAt"),
                json.time("modifiedAt"));
    }
}
