package dev.baton.local.logs.pattern;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression between percent signs. CloudWatch Logs has a part of what Java has.
record RegexTerm(Pattern pattern) {
    private static final Pattern ALLOWED = Pattern.compile("[\\w:#=@/;,\\-^$?\\[\\]{}|\\\\*+.()&\"' ~!<>]+");

    static RegexTerm of(String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new InvalidFilterPattern("Invalid regular expression in filter pattern: " + text);
        }
        try {
            return new RegexTerm(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidFilterPattern("Invalid regular expression in filter pattern: " + text);
        }
    }

    boolean isIn(String text) {
        return pattern.matcher(text).find();
    }
}
