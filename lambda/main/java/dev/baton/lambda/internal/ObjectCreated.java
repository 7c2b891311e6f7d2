package dev.baton.lambda.internal;

import dev.baton.task.InvalidInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object that is said to be there, by EventBridge's *Object Created* of S3 or otherwise, as far as anybody may
/// trust it: which key to look at. What is there is looked up.
///
/// @param key as it is; EventBridge, unlike S3's own notifications, does not encode it
public record ObjectCreated(String bucket, String key) {

    /// Whether a function's event is one of S3.
    public static boolean is(Map<String, @Nullable Object> event) {
        return "aws.s3".equals(event.get("source"));
    }

    /// @throws InvalidInput when the event names no object
    public static ObjectCreated of(Map<String, @Nullable Object> event) {
        if (!"Object Created".equals(event.get("detail-type"))) {
            throw new InvalidInput("of S3's events only Object Created is of use, but this is " + event.get("detail-type"));
        }
        return inDetail("Object Created", event);
    }

    /// The object that an event of EventBridge names as S3's do: `detail.bucket.name` and `detail.object.key`.
    ///
    /// @param type of the event, for messages
    /// @throws InvalidInput when the event names no object
    public static ObjectCreated inDetail(String type, Map<String, @Nullable Object> event) {
        if (event.get("detail") instanceof Map<?, ?> detail
                && detail.get("bucket") instanceof Map<?, ?> bucket
                && bucket.get("name") instanceof String name
                && detail.get("object") instanceof Map<?, ?> object
                && object.get("key") instanceof String key) {
            return new ObjectCreated(name, key);
        }
        throw new InvalidInput("the " + type + " event has no detail.bucket.name or no detail.object.key");
    }
}
