package dev.baton.task;

/// The target of a task: where the output of a task is.
public sealed interface Target permits S3Target, DynamoDbTarget {

    /// The logical address of the object, such as `s3://lake/clean/seattle/2012.csv`: an environment gives the real
    /// bucket.
    String uri();

    /// The template of the object's address.
    String template();

    /// Whether the output is there.
    default boolean exists(Presence presence) {
        return presence.isThere(uri());
    }

    /// Knows which objects are there; the task module itself reaches no storage.
    @FunctionalInterface
    interface Presence {
        boolean isThere(String uri);
    }
}
