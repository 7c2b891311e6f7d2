package dev.baton.local.logs;

/// A line of a log.
///
/// @param timestamp milliseconds since 1970, as told by whoever wrote it
/// @param ingested milliseconds since 1970, when it came
public record LogEvent(long timestamp, long ingested, String message) {}
