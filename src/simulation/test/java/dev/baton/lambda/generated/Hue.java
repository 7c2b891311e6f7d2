package dev.baton.lambda.generated;

/// The enum of every generated pipeline.
public enum Hue {
    RED,
    DEEP_BLUE,
    GREEN
}
