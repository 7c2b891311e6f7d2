package dev.baton.engine.internal.path;

/// The value of a path that leads nowhere; not a JSON value, and not null, which is one.
public enum MissingValue {
    MISSING
}
