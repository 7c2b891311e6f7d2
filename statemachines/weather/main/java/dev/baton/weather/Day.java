package dev.baton.weather;

import java.time.LocalDate;

/// One day's observations.
///
/// @param precipitationMm rain and melted snow in millimetres, 0 to 2,000
/// @param maxCelsius the day's highest temperature, −90 to 60 °C
/// @param minCelsius the day's lowest temperature, −90 °C to the highest
/// @param windMetresPerSecond the mean wind, 0 to 120 m/s
public record Day(
        LocalDate date,
        double precipitationMm,
        double maxCelsius,
        double minCelsius,
        double windMetresPerSecond,
        Sky sky) {

    /// The precipitation from which meteorologists call a day wet (World Meteorological Organization): 1 mm.
    public static final double WET_MM = 1.0;

    public boolean isWet() {
        return precipitationMm >= WET_MM;
    }
}
