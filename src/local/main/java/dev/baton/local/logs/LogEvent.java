package dev.baton.local.logs;

/// A line of a log.
///
/// @param timestamp milliseconds since 1970, as told by whoever wrote it
/// @param ingested milliseconds since 1970, when it came
/// @param offset its place in its stream: what came later has a larger one
public record LogEvent(long timestamp, long ingested, long offset, String message) {
    /// A new line has its offset when it is written.
    static LogEvent of(long timestamp, long now, String message) {
        return new LogEvent(timestamp, now, -1, message);
    }

    EventPlace place() {
        return new EventPlace(timestamp, offset);
    }
}
