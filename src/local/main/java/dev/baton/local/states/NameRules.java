package dev.baton.local.states;

import dev.baton.local.service.Violation;
import java.util.regex.Pattern;

/// The names that Step Functions takes for machines, executions and activities.
final class NameRules {
    /// No blanks, brackets, wildcards, special or control characters; surrogates neither.
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\u0000-\\u001f\\u007f-\\u009f\\ufffe\\uffff]");

    private static final int LONGEST = 80;

    private NameRules() {}

    static String check(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw Violation.of(
                            "'" + name + "'",
                            "name",
                            name.isEmpty()
                                    ? "have length greater than or equal to 1"
                                    : "have length less than or equal to " + LONGEST)
                    .error();
        }
        if (FORBIDDEN.matcher(name).find() || name.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            throw StatesErrors.invalidName(name);
        }
        return name;
    }
}
