package dev.baton.local.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Conditions on the fields of a message, which lie between spaces: `[ip, user, ..., status = 4*, bytes > 1000]`.
///
/// What stands in a message between quotes or square brackets is one field.
///
/// @param before those from the first field on
/// @param after those up to the last field, where there are dots before them
/// @param open whether there are dots, so that a message may have more fields
record FieldPattern(List<Predicate<String>> before, List<Predicate<String>> after, boolean open)
        implements FilterPattern {

    static FieldPattern read(PatternScanner scanner) {
        scanner.require("[");
        var before = new ArrayList<Predicate<String>>();
        var after = new ArrayList<Predicate<String>>();
        var open = false;
        do {
            if (scanner.take("...")) {
                if (open) {
                    throw scanner.invalid();
                }
                open = true;
            } else {
                (open ? after : before).add(any(scanner));
            }
        } while (scanner.take(","));
        scanner.require("]");
        scanner.requireEnd();
        return new FieldPattern(before, after, open);
    }

    private static Predicate<String> any(PatternScanner scanner) {
        var condition = all(scanner);
        while (scanner.take("||")) {
            condition = condition.or(all(scanner));
        }
        return condition;
    }

    private static Predicate<String> all(PatternScanner scanner) {
        var condition = one(scanner);
        while (scanner.take("&&")) {
            condition = condition.and(one(scanner));
        }
        return condition;
    }

    private static Predicate<String> one(PatternScanner scanner) {
        if (scanner.take("(")) {
            var inner = any(scanner);
            scanner.require(")");
            return inner;
        }
        if (scanner.peek() == '%') {
            return scanner.regex()::isIn;
        }
        var named = name(scanner);
        var operator = ValueCondition.Operator.next(scanner);
        if (operator == null) {
            // A name alone stands for a field that may be anything.
            return field -> true;
        }
        if (named.isEmpty()) {
            throw scanner.invalid();
        }
        return ValueCondition.read(operator, scanner)::holds;
    }

    private static String name(PatternScanner scanner) {
        scanner.peek();
        var name = new StringBuilder();
        while (Character.isLetterOrDigit(scanner.here()) || "_-.*".indexOf(scanner.here()) >= 0) {
            name.append(scanner.next());
        }
        return name.toString();
    }

    @Override
    public boolean matches(String message) {
        var fields = fields(message);
        int named = before.size() + after.size();
        if (open ? fields.size() < named : fields.size() != named) {
            return false;
        }
        return hold(before, fields) && hold(after, fields.subList(fields.size() - after.size(), fields.size()));
    }

    private static boolean hold(List<Predicate<String>> conditions, List<String> fields) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).test(fields.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> fields(String message) {
        var fields = new ArrayList<String>();
        int at = 0;
        while (at < message.length()) {
            var first = message.charAt(at);
            if (Character.isWhitespace(first)) {
                at++;
                continue;
            }
            int end = first == '"' ? message.indexOf('"', at + 1) : first == '[' ? message.indexOf(']', at + 1) : -1;
            if (end >= 0) {
                fields.add(message.substring(at + 1, end));
                at = end + 1;
                continue;
            }
            end = at;
            while (end < message.length() && !Character.isWhitespace(message.charAt(end))) {
                end++;
            }
            fields.add(message.substring(at, end));
            at = end;
        }
        return fields;
    }
}
