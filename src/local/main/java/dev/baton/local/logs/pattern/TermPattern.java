package dev.baton.local.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Terms of which a message has all, any (`?term`), or none (`-term`), in their own case.
///
/// @param all where there are some, those of which any would do have no say
/// @param none what the message must not have
record TermPattern(List<Predicate<String>> all, List<Predicate<String>> any, List<Predicate<String>> none)
        implements FilterPattern {

    static TermPattern read(PatternScanner scanner) {
        var all = new ArrayList<Predicate<String>>();
        var any = new ArrayList<Predicate<String>>();
        var none = new ArrayList<Predicate<String>>();
        while (scanner.peek() != PatternScanner.END) {
            switch (scanner.here()) {
                case '?' -> any.add(after(scanner));
                case '-' -> none.add(after(scanner));
                default -> all.add(term(scanner));
            }
        }
        return new TermPattern(all, any, none);
    }

    private static Predicate<String> after(PatternScanner scanner) {
        scanner.next();
        return term(scanner);
    }

    private static Predicate<String> term(PatternScanner scanner) {
        if (scanner.here() == '%') {
            return scanner.regex()::isIn;
        }
        var text = scanner.here() == '"' ? scanner.quoted() : word(scanner);
        return message -> message.contains(text);
    }

    private static String word(PatternScanner scanner) {
        var word = new StringBuilder();
        while (scanner.here() != PatternScanner.END && !Character.isWhitespace(scanner.here())) {
            word.append(scanner.next());
        }
        if (word.isEmpty() || !word.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || letter == '_')) {
            throw new InvalidFilterPattern("Invalid character(s) in term '" + word + "'");
        }
        return word.toString();
    }

    @Override
    public boolean matches(String message) {
        return all.stream().allMatch(term -> term.test(message))
                && none.stream().noneMatch(term -> term.test(message))
                && (!all.isEmpty() || any.isEmpty() || any.stream().anyMatch(term -> term.test(message)));
    }
}
