package dev.baton.local.events;

import dev.baton.local.http.AwsError;

/// The errors of EventBridge.
final class EventErrors {
    /// What names of rules, archives and replays satisfy, as the API's model writes it.
    static final String NAME = "[\\.\\-_A-Za-z0-9]+";

    private EventErrors() {}

    static AwsError invalid(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    static AwsError notFound(String message) {
        return new AwsError(400, "ResourceNotFoundException", message);
    }

    static AwsError exists(String message) {
        return new AwsError(400, "ResourceAlreadyExistsException", message);
    }
}
