package dev.baton.lambda.internal.objects;

/// The result of a conditional write.
public sealed interface WriteResult {

    /// It is there, under this version.
    record Written(String version, String etag) implements WriteResult {}

    /// Another write to the key was under way, a short while ago; the same request may be sent again (409).
    record Conflict() implements WriteResult {}

    /// The precondition does not hold any more; look again before writing (412, or 404 for a key that vanished).
    record Changed() implements WriteResult {}
}
