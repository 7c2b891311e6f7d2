package dev.baton.asl.path;

import java.math.BigInteger;

/// Numbers as [dev.baton.json.Json] has them.
final class PathNumbers {
    private PathNumbers() {}

    static Number of(String text, boolean whole) {
        if (!whole) {
            var number = Double.parseDouble(text);
            if (!Double.isFinite(number)) {
                throw new NumberFormatException(text);
            }
            return number;
        }
        if (text.length() < 19) {
            return Long.parseLong(text);
        }
        if (text.length() > 1_000) {
            throw new NumberFormatException("more than 1,000 digits");
        }
        var number = new BigInteger(text);
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
