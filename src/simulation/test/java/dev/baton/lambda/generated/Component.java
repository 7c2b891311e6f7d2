package dev.baton.lambda.generated;

/// A component of a generated record.
///
/// @param name unique in its record
public record Component(String name, Kind kind) {}
