package dev.baton.weather;

/// What the sky did on a day, in the words of the observations.
public enum Sky {
    DRIZZLE,
    FOG,
    RAIN,
    SNOW,
    SUN
}
