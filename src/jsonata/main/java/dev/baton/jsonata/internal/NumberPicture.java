package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `$formatNumber`: a number by an XPath picture such as `#,##0.00`.
///
/// See [fn:format-number](https://www.w3.org/TR/xpath-functions-31/#func-format-number), section 4.7.4 for the codes.
final class NumberPicture {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("decimal-separator", "."),
            Map.entry("grouping-separator", ","),
            Map.entry("exponent-separator", "e"),
            Map.entry("infinity", "Infinity"),
            Map.entry("minus-sign", "-"),
            Map.entry("NaN", "NaN"),
            Map.entry("percent", "%"),
            Map.entry("per-mille", "\u2030"),
            Map.entry("zero-digit", "0"),
            Map.entry("digit", "#"),
            Map.entry("pattern-separator", ";"));

    private final Map<String, String> symbols;
    private final String decimal;
    private final String grouping;
    private final String exponentSeparator;
    private final String optional;
    private final char zero;

    private NumberPicture(@Nullable Map<?, ?> options) {
        symbols = new LinkedHashMap<>(DEFAULTS);
        if (options != null) {
            options.forEach((name, value) -> symbols.put(String.valueOf(name), String.valueOf(value)));
        }
        decimal = symbol("decimal-separator");
        grouping = symbol("grouping-separator");
        exponentSeparator = symbol("exponent-separator");
        optional = symbol("digit");
        var zeroDigit = symbol("zero-digit");
        zero = zeroDigit.isEmpty() ? '0' : zeroDigit.charAt(0);
        symbols.values().forEach(EvaluationBounds::checkSymbol);
    }

    static String format(double value, String picture, @Nullable Map<?, ?> options) {
        return new NumberPicture(options).format(value, picture);
    }

    private String symbol(String name) {
        return symbols.getOrDefault(name, "");
    }

    private boolean isDigit(char c) {
        return c >= zero && c < zero + 10;
    }

    private boolean isOptional(char c) {
        return optional.equals(String.valueOf(c));
    }

    private boolean isActive(char c) {
        var text = String.valueOf(c);
        return isDigit(c)
                || text.equals(decimal)
                || text.equals(exponentSeparator)
                || text.equals(grouping)
                || text.equals(optional)
                || text.equals(symbol("pattern-separator"));
    }

    private long count(String part, boolean optionalToo) {
        return part.chars()
                .filter(c -> isDigit((char) c) || optionalToo && isOptional((char) c))
                .count();
    }

    /// A sub-picture and its parts; `exponent` null where there is none.
    private record Parts(
            String picture,
            String prefix,
            String suffix,
            String active,
            String mantissa,
            @Nullable String exponent,
            String integer,
            String fraction) {}

    private Parts split(String picture) {
        var start = 0;
        while (start < picture.length() && !bounds(picture.charAt(start))) {
            start++;
        }
        var end = picture.length();
        while (end > start && !bounds(picture.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            // Nothing active at all: everything is mantissa, and the check says what is missing.
            start = 0;
            end = picture.length();
        }
        var suffix = picture.substring(end);
        var active = picture.substring(start, end);
        var mantissa = active;
        String exponent = null;
        var at = picture.indexOf(exponentSeparator, start);
        if (at != -1 && at < end) {
            mantissa = active.substring(0, at - start);
            exponent = active.substring(at - start + 1);
        }
        var point = mantissa.indexOf(decimal);
        return new Parts(
                picture,
                picture.substring(0, start),
                suffix,
                active,
                mantissa,
                exponent,
                point == -1 ? mantissa : mantissa.substring(0, point),
                point == -1 ? suffix : mantissa.substring(point + 1));
    }

    private boolean bounds(char c) {
        return isActive(c) && !exponentSeparator.equals(String.valueOf(c));
    }

    private void check(Parts parts) {
        var error = problem(parts);
        if (error != null) {
            throw new JException(error, -1);
        }
    }

    /// The last of the rules that is broken, as the reference implementation has it.
    private @Nullable String problem(Parts parts) {
        var picture = parts.picture();
        var exponent = parts.exponent();
        var percent = picture.contains(symbol("percent"));
        var perMille = picture.contains(symbol("per-mille"));
        if (exponent != null && (exponent.isEmpty() || count(exponent, false) != exponent.length())) {
            return "D3093";
        }
        if (exponent != null && !exponent.isEmpty() && (percent || perMille)) {
            return "D3092";
        }
        var lastOptional = parts.fraction().lastIndexOf(optional);
        if (lastOptional != -1 && count(parts.fraction().substring(lastOptional), false) > 0) {
            return "D3091";
        }
        var firstOptional = parts.integer().indexOf(optional);
        if (firstOptional != -1 && count(parts.integer().substring(0, firstOptional), false) > 0) {
            return "D3090";
        }
        if (picture.contains(grouping + grouping)) {
            return "D3089";
        }
        var point = picture.indexOf(decimal);
        if (point == -1) {
            if (parts.integer().endsWith(grouping)) {
                return "D3088";
            }
        } else if (picture.startsWith(grouping, point - 1) || picture.startsWith(grouping, point + 1)) {
            return "D3087";
        }
        if (!parts.active().chars().allMatch(c -> isActive((char) c))) {
            return "D3086";
        }
        if (count(parts.mantissa(), true) == 0) {
            return "D3085";
        }
        if (percent && perMille) {
            return "D3084";
        }
        if (twice(picture, symbol("per-mille"))) {
            return "D3083";
        }
        if (twice(picture, symbol("percent"))) {
            return "D3082";
        }
        return twice(picture, decimal) ? "D3081" : null;
    }

    private static boolean twice(String picture, String symbol) {
        return picture.indexOf(symbol) != picture.lastIndexOf(symbol);
    }

    /// The plan that a sub-picture asks for.
    private record Plan(
            Parts parts,
            List<Integer> integerGroups,
            int regularGroup,
            List<Integer> fractionGroups,
            int minInteger,
            int scaling,
            int minFraction,
            int maxFraction,
            int minExponent) {}

    private Plan plan(Parts parts) {
        var minInteger = (int) count(parts.integer(), false);
        var scaling = minInteger;
        var minFraction = (int) count(parts.fraction(), false);
        var maxFraction = (int) count(parts.fraction(), true);
        var exponent = parts.exponent();
        if (minInteger == 0 && maxFraction == 0) {
            if (exponent == null) {
                minInteger = 1;
            } else {
                minFraction = 1;
                maxFraction = 1;
            }
        }
        if (exponent != null && minInteger == 0 && parts.integer().contains(optional)) {
            minInteger = 1;
        }
        if (minInteger == 0 && minFraction == 0) {
            minFraction = 1;
        }
        var integerGroups = groups(parts.integer(), parts, false);
        return new Plan(
                parts,
                integerGroups,
                regular(integerGroups),
                groups(parts.fraction(), parts, true),
                minInteger,
                scaling,
                minFraction,
                maxFraction,
                exponent == null ? 0 : (int) count(exponent, false));
    }

    private List<Integer> groups(String part, Parts parts, boolean toLeft) {
        var positions = new ArrayList<Integer>();
        for (var at = grouping.isEmpty() ? -1 : part.indexOf(grouping); at >= 0 && at <= part.length(); ) {
            positions.add((int) count(toLeft ? part.substring(0, at) : part.substring(at), true));
            at = (toLeft ? part : parts.integer()).indexOf(grouping, at + 1);
        }
        return positions;
    }

    private static int regular(List<Integer> positions) {
        if (positions.isEmpty()) {
            return 0;
        }
        var factor = positions.stream().reduce(0, NumberPicture::gcd);
        for (var i = 1; i <= positions.size(); i++) {
            if (!positions.contains(i * factor)) {
                return 0;
            }
        }
        return factor;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private String format(double value, String picture) {
        var pictures = picture.split(java.util.regex.Pattern.quote(symbol("pattern-separator")), -1);
        if (pictures.length > 2) {
            throw new JException("D3080", -1);
        }
        var positive = split(pictures[0]);
        check(positive);
        var negative = positive;
        if (pictures.length > 1) {
            negative = split(pictures[1]);
            check(negative);
        }
        var plan = plan(value >= 0 ? positive : negative);
        var prefix = (value < 0 && pictures.length == 1 ? symbol("minus-sign") : "")
                + plan.parts().prefix();
        return prefix + body(value, plan) + plan.parts().suffix();
    }

    private String body(double value, Plan plan) {
        var mantissa = value;
        if (plan.parts().picture().contains(symbol("percent"))) {
            mantissa *= 100;
        } else if (plan.parts().picture().contains(symbol("per-mille"))) {
            mantissa *= 1000;
        }
        var exponent = 0;
        if (plan.minExponent() > 0 && mantissa != 0 && Double.isFinite(mantissa)) {
            var max = Math.pow(10, plan.scaling());
            var min = Math.pow(10, plan.scaling() - 1);
            while (Math.abs(mantissa) < min) {
                mantissa *= 10;
                exponent--;
            }
            while (Math.abs(mantissa) > max) {
                mantissa /= 10;
                exponent++;
            }
        }
        var rounded = Functions.round(mantissa, plan.maxFraction()).doubleValue();
        var number = group(pad(digits(rounded, plan.maxFraction()), plan), plan);
        if (plan.minExponent() == 0) {
            return number;
        }
        var digits = digits(exponent, 0);
        return number
                + exponentSeparator
                + (exponent < 0 ? symbol("minus-sign") : "")
                + String.valueOf(zero).repeat(Math.max(0, plan.minExponent() - digits.length()))
                + digits;
    }

    private String digits(double value, int decimals) {
        var plain = new BigDecimal(Math.abs(value))
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
        var text = new StringBuilder();
        plain.chars().forEach(c -> text.append(c == '.' ? decimal : String.valueOf((char) (c - '0' + zero))));
        return text.toString();
    }

    /// At least the digits that the picture demands, and no further zeros; a decimal separator in any case.
    private String pad(String digits, Plan plan) {
        var text = new StringBuilder(digits.contains(decimal) ? digits : digits + decimal);
        while (!text.isEmpty() && text.charAt(0) == zero) {
            text.deleteCharAt(0);
        }
        while (!text.isEmpty() && text.charAt(text.length() - 1) == zero) {
            text.deleteCharAt(text.length() - 1);
        }
        var point = text.indexOf(decimal);
        var right = plan.minFraction() - (text.length() - point - 1);
        text.insert(0, String.valueOf(zero).repeat(Math.max(0, plan.minInteger() - point)));
        return text.append(String.valueOf(zero).repeat(Math.max(0, right))).toString();
    }

    private String group(String number, Plan plan) {
        var text = new StringBuilder(number);
        var point = text.indexOf(decimal);
        if (plan.regularGroup() > 0) {
            var count = (point - 1) / plan.regularGroup();
            for (var i = 1; i <= count; i++) {
                text.insert(point - i * plan.regularGroup(), grouping);
            }
        } else {
            for (var position : plan.integerGroups()) {
                if (position <= point) {
                    text.insert(point - position, grouping);
                    point++;
                }
            }
        }
        point = text.indexOf(decimal);
        for (var position : plan.fractionGroups()) {
            if (position + point + 1 <= text.length()) {
                text.insert(position + point + 1, grouping);
            }
        }
        point = text.indexOf(decimal);
        if (!plan.parts().picture().contains(decimal) || point == text.length() - 1) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }
}
