package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bounds that are checked before something runs, since nothing could stop it once it does: the library's loops ask
/// nobody, and what they take is the square, or a higher power, of what the expression's author writes.
final class EvaluationBounds {
    /// Of a picture for numbers. They cost its square: a few milliseconds, and 50 MB that are garbage at once.
    private static final int LONGEST_PICTURE = 4_096;

    /// Of a text that a picture or `$parse` makes into a value.
    private static final int LONGEST_PARSED = 1 << 20;

    /// The bound on what the library's `$toMillis` may read of its text, going back and forth, before it has it.
    static final int MOST_STEPS = 1_000_000;

    /// A thousand years a letter: the library takes one call for each.
    private static final double LARGEST_ROMAN = 2_000_000;

    /// Of symbols such as the decimal separator, which stand in the result often.
    private static final int LONGEST_SYMBOL = 256;

    private static final int MOST_REPEATED_PARAMETERS = 2;
    private static final int MOST_OPEN_PARAMETERS = 10;

    /// No digit of a double is farther from the decimal point.
    private static final int MOST_DIGITS = 1_100;

    private EvaluationBounds() {}

    /// A picture for `$formatNumber`, `$formatInteger` and `$parseInteger`.
    static void checkPicture(String picture) {
        if (picture.length() > LONGEST_PICTURE) {
            throw Evaluation.tooLarge();
        }
    }

    static void checkParsed(String text) {
        if (text.length() > LONGEST_PARSED) {
            throw Evaluation.tooLarge();
        }
    }

    static void checkSymbol(String symbol) {
        if (symbol.length() > LONGEST_SYMBOL) {
            throw Evaluation.tooLarge();
        }
    }

    static void checkRoman(double value, String picture, Evaluation evaluation) {
        if (Math.abs(value) > LARGEST_ROMAN && (picture.startsWith("i") || picture.startsWith("I"))) {
            throw evaluation.tooDeep();
        }
    }

    /// The library matches arguments by a regular expression that it makes of the signature; each open place in it may
    /// be filled in many ways, all of which it tries.
    static void checkSignature(@Nullable String signature) {
        if (signature == null) {
            return;
        }
        var repeated = signature.chars().filter(c -> c == '+').count();
        var open = signature.chars().filter(c -> "+?-".indexOf(c) >= 0).count();
        if (repeated > MOST_REPEATED_PARAMETERS || open > MOST_OPEN_PARAMETERS) {
            throw new JException(
                    "The signature " + signature + " has more than " + MOST_REPEATED_PARAMETERS + " repeated or "
                            + MOST_OPEN_PARAMETERS + " optional parameters",
                    -1);
        }
    }

    /// A regular expression that reads no character asks nobody either, however often it repeats that.
    static void checkPattern(Pattern pattern) {
        if (pattern.pattern().indexOf('{') >= 0 && RegexCost.of(pattern.pattern()) > MOST_STEPS) {
            throw Evaluation.tooLong();
        }
    }

    /// The precision to which `$round` has to round: farther away a double has no digits, and the library would make
    /// them all.
    static @Nullable Number precision(@Nullable Number precision) {
        return precision == null || Math.abs(precision.doubleValue()) <= MOST_DIGITS
                ? precision
                : (Number) (precision.doubleValue() < 0 ? -MOST_DIGITS : MOST_DIGITS);
    }

    /// The string that `$join` makes.
    static void checkJoin(List<?> strings, @Nullable Object separator, Evaluation evaluation) {
        var length = (long) Math.max(0, strings.size() - 1) * (separator instanceof String text ? text.length() : 0);
        for (var string : strings) {
            length += string instanceof String text ? text.length() : 0;
        }
        evaluation.checkLength(length);
    }
}
