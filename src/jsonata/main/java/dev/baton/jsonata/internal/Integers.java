package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whole numbers as texts, by a picture, and back.
final class Integers {
    private static final double LONGEST = 9e18;

    private Integers() {}

    static @Nullable Object format(List<@Nullable Object> arguments, Evaluation evaluation) {
        if (!(arguments.get(0) instanceof Number number) || !(arguments.get(1) instanceof String picture)) {
            return null;
        }
        var value = Math.floor(number.doubleValue());
        EvaluationBounds.checkPicture(picture);
        EvaluationBounds.checkRoman(value, picture, evaluation);
        var primary = picture.contains(";") ? picture.substring(0, picture.indexOf(';')) : picture;
        if (Math.abs(value) >= LONGEST && primary.equalsIgnoreCase("w")) {
            var words = (value < 0 ? "minus " : "") + NumberWords.of(Math.abs(value), picture.endsWith(";o"));
            return switch (primary) {
                case "W" -> words.toUpperCase(Locale.ROOT);
                default -> words;
            };
        }
        return Functions.formatInteger(value, picture);
    }

    static @Nullable Object parse(List<@Nullable Object> arguments, Evaluation evaluation) throws Throwable {
        if (!(arguments.get(0) instanceof String text) || !(arguments.get(1) instanceof String picture)) {
            return null;
        }
        EvaluationBounds.checkPicture(picture);
        EvaluationBounds.checkParsed(text);
        var primary = picture.contains(";") ? picture.substring(0, picture.indexOf(';')) : picture;
        if (primary.equalsIgnoreCase("w") && NumberWords.parse(text) instanceof Double value && value >= LONGEST) {
            return value;
        }
        if (primary.isEmpty() || primary.chars().allMatch(c -> c == '#')) {
            throw new JException("D3130", -1, picture);
        }
        var isDecimal = primary.chars().anyMatch(Character::isDigit);
        return isDecimal
                ? Functions.parseInteger(ascii(text), ascii(picture).replaceAll("[0-9]", "0"))
                : Functions.parseInteger(text, picture);
    }

    /// The digits of any script as ASCII's.
    private static String ascii(String text) {
        var result = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                result.append(Character.digit(c, 10));
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}
