package dev.baton.local.states.mock;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A name in which `*` stands for any characters.
record NamePattern(String text, Pattern compiled) {
    static NamePattern of(String text) {
        var parts = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new NamePattern(text, Pattern.compile(parts, Pattern.DOTALL));
    }

    boolean fits(String name) {
        return compiled.matcher(name).matches();
    }

    /// Whether it fits one name alone.
    boolean isExact() {
        return text.indexOf('*') < 0;
    }
}
