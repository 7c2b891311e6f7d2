package dev.baton.local.dynamodb.item;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// The numbers that DynamoDB has: up to 38 digits, between 1E-130 and 9.99…E+125 on either side of zero.
public final class NumberText {
    private static final int DIGITS = 38;
    private static final int LARGEST = 125;
    private static final int SMALLEST = -130;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

    private NumberText() {}

    /// @throws AwsError `ValidationException` where the text is not such a number
    public static Attribute.N parse(String text) {
        var trimmed = text.strip();
        if (!NUMBER.matcher(trimmed).matches()) {
            throw ItemErrors.validation(
                    "The parameter cannot be converted to a numeric value" + (text.isEmpty() ? "" : ": " + text));
        }
        return of(new BigDecimal(trimmed));
    }

    /// @throws AwsError `ValidationException` where it has too many digits or is too large or too small
    public static Attribute.N of(BigDecimal number) {
        if (number.signum() == 0) {
            return new Attribute.N(BigDecimal.ZERO);
        }
        var plain = number.stripTrailingZeros();
        // The power of ten of the first digit.
        long magnitude = (long) plain.precision() - plain.scale() - 1;
        if (magnitude > LARGEST) {
            throw ItemErrors.validation(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (magnitude < SMALLEST) {
            throw ItemErrors.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        if (plain.precision() > DIGITS) {
            throw ItemErrors.validation("Attempting to store more than 38 significant digits in a Number");
        }
        return new Attribute.N(plain);
    }
}
