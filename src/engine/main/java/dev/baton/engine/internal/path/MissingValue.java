package dev.baton.engine.internal.path;

/// What a path gives that leads nowhere; no JSON value, and not null, which is one.
public enum MissingValue {
    MISSING
}
