package dev.baton.cli.access;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// One key of a condition block.
///
/// @param operator as the policy has it, with what stands before and after it (`ForAllValues:StringLikeIfExists`)
/// @param key as the policy has it; case does not count
/// @param values any of which will do, or, where the operator negates, none of which may be
record ConditionLimit(String operator, String key, Set<String> values) {
    private static final String FOR_ALL = "forallvalues:";
    private static final String FOR_ANY = "foranyvalue:";
    private static final String IF_EXISTS = "ifexists";

    ConditionLimit {
        values = new TreeSet<>(values);
    }

    /// Whether this holds only where the other holds. Where it cannot be told, it is not so.
    boolean implies(ConditionLimit other) {
        if (!key.equalsIgnoreCase(other.key)) {
            return false;
        }
        var mine = word();
        var theirs = other.word();
        // Whoever asks for a value asks for the key to be there.
        if (theirs.equals("null")) {
            return mine.equals("null")
                    ? folded(values).equals(folded(other.values))
                    : folded(other.values).equals(Set.of("false")) && !mayBeAbsent();
        }
        if (!quantifier().equals(other.quantifier()) || (ifExists() && !other.ifExists())) {
            return false;
        }
        if (isNegated(mine) != isNegated(theirs)) {
            return false;
        }
        return isNegated(mine)
                ? other.values.stream()
                        .allMatch(value -> values.stream().anyMatch(one -> fits(theirs, value, mine, one)))
                : values.stream()
                        .allMatch(value -> other.values.stream().anyMatch(one -> fits(mine, value, theirs, one)));
    }

    /// Whether it is known what its operator comes to, so that two such can be compared where they differ.
    boolean isCompared() {
        var word = word();
        return word.startsWith("string")
                || word.startsWith("arn")
                || word.startsWith("numeric")
                || word.equals("bool")
                || word.equals("null");
    }

    /// The same for each of its values by itself, where any of them will do.
    List<ConditionLimit> single() {
        return isNegated(word()) || word().equals("null") || !quantifier().isEmpty()
                ? List.of(this)
                : values.stream()
                        .map(value -> new ConditionLimit(operator, key, Set.of(value)))
                        .toList();
    }

    private boolean mayBeAbsent() {
        return ifExists() || isNegated(word()) || quantifier().equals(FOR_ALL);
    }

    /// Whether all that one value lets through under one operator another lets through under another.
    private static boolean fits(String narrow, String value, String wide, String other) {
        if (narrow.equals(wide) && value.equals(other)) {
            return true;
        }
        return switch (wide) {
            case "stringequals",
                    "stringnotequals",
                    "bool",
                    "arnequals",
                    "arnnotequals",
                    "stringlike",
                    "stringnotlike",
                    "arnlike",
                    "arnnotlike" -> isText(narrow) && pattern(wide, other).covers(pattern(narrow, value));
            case "stringequalsignorecase", "stringnotequalsignorecase" ->
                Set.of("stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase")
                                .contains(narrow)
                        && value.equalsIgnoreCase(other);
            case "numericlessthan", "numericlessthanequals" -> narrow.equals(wide) && order(value, other) <= 0;
            case "numericgreaterthan", "numericgreaterthanequals" -> narrow.equals(wide) && order(other, value) <= 0;
            default -> false;
        };
    }

    private static boolean isText(String operator) {
        return (operator.startsWith("string") && !operator.endsWith("ignorecase"))
                || operator.startsWith("arn")
                || operator.equals("bool");
    }

    private static Wildcard pattern(String operator, String value) {
        return operator.endsWith("like") || operator.startsWith("arn")
                ? Wildcard.of(value)
                : operator.equals("bool") ? Wildcard.folded(value) : Wildcard.literal(value);
    }

    /// Greater than nothing where one of them is not a number, so that nothing follows.
    private static int order(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static boolean isNegated(String word) {
        return word.contains("not");
    }

    private static Set<String> folded(Set<String> values) {
        var folded = new TreeSet<String>();
        values.forEach(value -> folded.add(value.toLowerCase(Locale.ROOT)));
        return folded;
    }

    private String quantifier() {
        var folded = operator.toLowerCase(Locale.ROOT);
        return folded.startsWith(FOR_ALL) ? FOR_ALL : folded.startsWith(FOR_ANY) ? FOR_ANY : "";
    }

    private boolean ifExists() {
        return operator.toLowerCase(Locale.ROOT).endsWith(IF_EXISTS);
    }

    private String word() {
        var folded = operator.toLowerCase(Locale.ROOT).substring(quantifier().length());
        return ifExists() ? folded.substring(0, folded.length() - IF_EXISTS.length()) : folded;
    }

    @Override
    public String toString() {
        return operator + " " + key + " " + String.join(",", values);
    }
}
