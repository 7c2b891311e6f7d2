package dev.baton.local.states.mock;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A name in which `*` stands for any characters.
///
/// @param pattern what fits; null where the name fits itself alone
record NamePattern(String text, @Nullable Pattern pattern) {
    static NamePattern of(String text) {
        if (text.indexOf('*') < 0) {
            return new NamePattern(text, null);
        }
        var parts = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new NamePattern(text, Pattern.compile(parts, Pattern.DOTALL));
    }

    boolean fits(String name) {
        return pattern == null ? text.equals(name) : pattern.matcher(name).matches();
    }

    boolean isExact() {
        return pattern == null;
    }
}
