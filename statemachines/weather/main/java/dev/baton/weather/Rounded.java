package dev.baton.weather;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Figures with one decimal, as the observations have them.
final class Rounded {
    private Rounded() {}

    /// Half away from zero.
    static double toTenth(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).doubleValue();
    }
}
