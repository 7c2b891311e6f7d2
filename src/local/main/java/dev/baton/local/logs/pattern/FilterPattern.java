package dev.baton.local.logs.pattern;

/// A pattern that finds log events: terms, members of a JSON object, or fields between spaces.
///
/// See [Filter pattern syntax](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
public sealed interface FilterPattern permits TermPattern, JsonPattern, FieldPattern {

    boolean matches(String message);

    /// Reads a pattern. An empty one finds everything.
    ///
    /// @throws InvalidFilterPattern where it is none
    static FilterPattern parse(String text) {
        var scanner = new PatternScanner(text);
        return switch (scanner.peek()) {
            case '{' -> JsonPattern.read(scanner);
            case '[' -> FieldPattern.read(scanner);
            default -> TermPattern.read(scanner);
        };
    }
}
