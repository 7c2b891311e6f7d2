package dev.baton.asl.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the filter of a path, from its parenthesis on.
final class FilterParser {
    private final Scanner in;
    private int depth;

    FilterParser(Scanner in) {
        this.in = in;
    }

    Filter parenthesised() {
        if (++depth > IntrinsicCall.MAX_DEPTH) {
            throw in.problem("a filter nests at most " + IntrinsicCall.MAX_DEPTH + " deep");
        }
        in.expect('(');
        var filter = or();
        in.blanks();
        in.expect(')');
        depth--;
        return filter;
    }

    private Filter or() {
        return chain("||", this::and, Filter.Or::new);
    }

    private Filter and() {
        return chain("&&", this::single, Filter.And::new);
    }

    private Filter chain(String operator, Supplier<Filter> part, Function<List<Filter>, Filter> join) {
        var parts = new ArrayList<Filter>();
        do {
            in.blanks();
            parts.add(part.get());
            in.blanks();
        } while (in.skip(operator));
        return parts.size() == 1 ? parts.getFirst() : join.apply(parts);
    }

    private Filter single() {
        if (in.skip('!')) {
            in.blanks();
            return new Filter.Not(!in.atEnd() && in.peek() == '(' ? parenthesised() : comparison());
        }
        return !in.atEnd() && in.peek() == '(' ? parenthesised() : comparison();
    }

    private Filter comparison() {
        var left = term();
        in.blanks();
        var operator = operator();
        if (operator != null) {
            in.blanks();
            return new Filter.Compare(left, operator, term());
        }
        return switch (left) {
            case Filter.Term.At(var path) -> new Filter.Exists(path);
            case Filter.Term.Value value -> throw in.problem("expected a comparison");
        };
    }

    private Filter.@Nullable Operator operator() {
        // The longer ones first, since "<" begins "<=".
        for (var operator : List.of(
                Filter.Operator.EQUAL,
                Filter.Operator.NOT_EQUAL,
                Filter.Operator.LESS_OR_EQUAL,
                Filter.Operator.GREATER_OR_EQUAL,
                Filter.Operator.LESS,
                Filter.Operator.GREATER)) {
            if (in.skip(operator.text())) {
                return operator;
            }
        }
        return null;
    }

    private Filter.Term term() {
        if (in.atEnd()) {
            throw in.problem("expected a path or a value");
        }
        return switch (in.peek()) {
            case '@', '$' -> new Filter.Term.At(PathParser.inFilter(in));
            case '\'', '"' -> new Filter.Term.Value(in.quoted());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> new Filter.Term.Value(in.number());
            default -> word();
        };
    }

    private Filter.Term word() {
        var start = in.offset();
        while (!in.atEnd() && (Character.isLetterOrDigit(in.peek()) || in.peek() == '_')) {
            in.advance();
        }
        return switch (in.since(start)) {
            case "true" -> new Filter.Term.Value(true);
            case "false" -> new Filter.Term.Value(false);
            case "null" -> new Filter.Term.Value(null);
            case "" -> throw in.problem("expected a path or a value");
            // Bare words are in definitions that are deployed; they can equal nothing but themselves.
            case String word -> new Filter.Term.Value(word);
        };
    }
}
