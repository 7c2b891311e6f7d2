package dev.baton.weather;

/// A linear scale from a range of figures to a range of pixels.
record Scale(double low, double high, double from, double to) {

    double at(double figure) {
        return from + (figure - low) / (high - low) * (to - from);
    }

    /// The scale whose ends are whole steps around the figures.
    static Scale around(double lowest, double highest, double step, double from, double to) {
        return new Scale(Math.floor(lowest / step) * step, Math.ceil(highest / step) * step, from, to);
    }
}
