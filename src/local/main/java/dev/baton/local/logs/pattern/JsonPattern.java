package dev.baton.local.logs.pattern;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A condition on the members of a message that is a JSON object: `{ $.level = "ERROR" && $.took > 100 }`.
record JsonPattern(Predicate<Object> condition) implements FilterPattern {

    static JsonPattern read(PatternScanner scanner) {
        scanner.require("{");
        var condition = any(scanner);
        scanner.require("}");
        scanner.requireEnd();
        return new JsonPattern(condition);
    }

    private static Predicate<Object> any(PatternScanner scanner) {
        var condition = all(scanner);
        while (scanner.take("||")) {
            condition = condition.or(all(scanner));
        }
        return condition;
    }

    private static Predicate<Object> all(PatternScanner scanner) {
        var condition = one(scanner);
        while (scanner.take("&&")) {
            condition = condition.and(one(scanner));
        }
        return condition;
    }

    private static Predicate<Object> one(PatternScanner scanner) {
        if (scanner.take("(")) {
            var inner = any(scanner);
            scanner.require(")");
            return inner;
        }
        var selector = JsonSelector.read(scanner);
        if (scanner.takeWord("IS")) {
            return is(scanner, selector);
        }
        if (scanner.takeWord("NOT")) {
            if (!scanner.takeWord("EXISTS")) {
                throw scanner.invalid();
            }
            return message -> selector.in(message).isEmpty();
        }
        var operator = ValueCondition.Operator.next(scanner);
        if (operator == null) {
            throw scanner.invalid();
        }
        var comparison = ValueCondition.read(operator, scanner);
        return message -> selector.in(message).stream().anyMatch(value -> holds(comparison, value));
    }

    private static Predicate<Object> is(PatternScanner scanner, JsonSelector selector) {
        if (scanner.takeWord("NULL")) {
            return message -> selector.in(message).contains(JsonSelector.NULL);
        }
        if (scanner.takeWord("TRUE")) {
            return message -> selector.in(message).contains(Boolean.TRUE);
        }
        if (scanner.takeWord("FALSE")) {
            return message -> selector.in(message).contains(Boolean.FALSE);
        }
        throw scanner.invalid();
    }

    private static boolean holds(ValueCondition comparison, Object value) {
        return switch (value) {
            case String text -> comparison.holds(text);
            case Number number -> comparison.holds(Json.print(number));
            // Truth values and null have operators of their own.
            default -> false;
        };
    }

    @Override
    public boolean matches(String message) {
        var first = message.stripLeading();
        if (!first.startsWith("{") && !first.startsWith("[")) {
            return false;
        }
        var value = parsed(message);
        return (value instanceof Map || value instanceof List) && condition.test(value);
    }

    private static @Nullable Object parsed(String message) {
        try {
            return Json.parse(message);
        } catch (JsonException e) {
            return null;
        }
    }
}
