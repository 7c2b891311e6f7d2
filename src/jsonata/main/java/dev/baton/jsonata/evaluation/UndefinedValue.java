package dev.baton.jsonata.evaluation;

/// The value of a JSONata expression that gives nothing, such as a path that leads nowhere. It is not a JSON value, and
/// it is not `null`, which is one.
public enum UndefinedValue {
    UNDEFINED
}
