package dev.baton.lambda.farm;

/// A field of the farm.
public enum Field {
    NORTH,
    SOUTH
}
