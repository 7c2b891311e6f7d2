package dev.baton.local.events;

import dev.baton.local.http.AwsError;

/// The errors of EventBridge.
final class EventErrors {

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
