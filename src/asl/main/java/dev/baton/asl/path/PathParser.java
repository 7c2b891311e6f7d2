package dev.baton.asl.path;

import java.util.ArrayList;
import java.util.List;

/// Reads paths as the service does, whose grammar is that of Jayway's JsonPath without its functions
/// (`length()` and so on).
final class PathParser {
    /// The surroundings of a path, which decide where it ends.
    private enum Surroundings {
        /// It fills its text.
        WHOLE,
        /// Among the arguments of an intrinsic function.
        ARGUMENT,
        /// In a filter.
        FILTER
    }

    private final Scanner in;
    private final Surroundings surroundings;

    PathParser(String text) {
        this(new Scanner(text), Surroundings.WHOLE);
    }

    private PathParser(Scanner in, Surroundings surroundings) {
        this.in = in;
        this.surroundings = surroundings;
    }

    /// The path that begins here, inside an intrinsic function call.
    static JsonPath argument(Scanner in) {
        return new PathParser(in, Surroundings.ARGUMENT).path();
    }

    /// The path that begins here, inside a filter.
    static JsonPath inFilter(Scanner in) {
        return new PathParser(in, Surroundings.FILTER).path();
    }

    JsonPath wholePath() {
        var path = path();
        if (!in.atEnd()) {
            throw in.problem("expected '.' or '['");
        }
        return path;
    }

    private JsonPath path() {
        var start = in.offset();
        var root = root();
        var segments = new ArrayList<JsonPath.Segment>();
        while (!in.atEnd() && (in.peek() == '.' || in.peek() == '[')) {
            segments.add(segment());
        }
        return new JsonPath(in.since(start), root, segments);
    }

    private JsonPath.Root root() {
        if (surroundings == Surroundings.FILTER && in.skip('@')) {
            return new JsonPath.Root.Current();
        }
        if (!in.skip('$')) {
            throw in.problem("a path begins with '$'");
        }
        if (in.skip('$')) {
            return new JsonPath.Root.Context();
        }
        var start = in.offset();
        while (!in.atEnd() && isNamePart(in.peek(), in.offset() == start)) {
            in.advance();
        }
        var name = in.since(start);
        return name.isEmpty() ? new JsonPath.Root.Input() : new JsonPath.Root.Variable(name);
    }

    private static boolean isNamePart(char c, boolean first) {
        return first ? Character.isUnicodeIdentifierStart(c) || c == '_' : Character.isUnicodeIdentifierPart(c);
    }

    private JsonPath.Segment segment() {
        if (!in.skip('.')) {
            return bracket();
        }
        if (in.skip('.')) {
            return new JsonPath.Segment.Descendants(!in.atEnd() && in.peek() == '[' ? bracket() : name());
        }
        // Jayway, and so the service, takes `$.[0]` for `$[0]`.
        return !in.atEnd() && in.peek() == '[' ? bracket() : name();
    }

    private JsonPath.Segment name() {
        if (in.skip('*')) {
            return new JsonPath.Segment.Wildcard();
        }
        var start = in.offset();
        while (!in.atEnd() && !endsName(in.peek())) {
            in.advance();
        }
        // The service knows no functions, but takes `$.list.length()` all the same: for the name of a field.
        if (surroundings == Surroundings.WHOLE && in.offset() > start) {
            in.skip("()");
        }
        var name = in.since(start);
        if (name.isEmpty()) {
            throw in.problem("expected the name of a field");
        }
        if (!in.atEnd() && in.peek() == '(') {
            throw in.problem("paths have no functions");
        }
        if (!in.atEnd() && surroundings == Surroundings.WHOLE && Character.isWhitespace(in.peek())) {
            throw in.problem("a name with a blank has to stand as ['" + name + " …']");
        }
        return new JsonPath.Segment.Field(name);
    }

    private boolean endsName(char c) {
        if (c == '.' || c == '[' || c == '(' || Character.isWhitespace(c)) {
            return true;
        }
        return switch (surroundings) {
            case WHOLE -> false;
            case ARGUMENT -> c == ',' || c == ')';
            case FILTER -> "=!<>~&|),]".indexOf(c) >= 0;
        };
    }

    private JsonPath.Segment bracket() {
        in.expect('[');
        in.blanks();
        if (in.atEnd()) {
            throw in.problem("expected ']'");
        }
        var segment = switch (in.peek()) {
            case '*' -> {
                in.advance();
                yield new JsonPath.Segment.Wildcard();
            }
            case '?' -> {
                in.advance();
                in.blanks();
                yield new JsonPath.Segment.Filtered(new FilterParser(in).parenthesised());
            }
            case '\'', '"' -> names();
            case '(' -> fromEnd();
            default -> indexes();
        };
        in.blanks();
        in.expect(']');
        return segment;
    }

    private JsonPath.Segment names() {
        var names = new ArrayList<String>();
        do {
            in.blanks();
            names.add(in.quoted());
            in.blanks();
        } while (in.skip(','));
        return names.size() == 1 ? new JsonPath.Segment.Field(names.getFirst()) : new JsonPath.Segment.Fields(names);
    }

    private JsonPath.Segment fromEnd() {
        in.expect('(');
        in.blanks();
        if (!in.skip("@.length")) {
            throw in.problem("expected @.length");
        }
        in.blanks();
        in.expect('-');
        in.blanks();
        var places = in.integer();
        if (places < 1) {
            throw in.problem("expected a number above 0");
        }
        in.blanks();
        in.expect(')');
        return new JsonPath.Segment.FromEnd(places);
    }

    private JsonPath.Segment indexes() {
        if (in.skip(':')) {
            in.blanks();
            return new JsonPath.Segment.Slice(JsonPath.Segment.Slice.OPEN, in.integer());
        }
        var first = in.integer();
        in.blanks();
        if (in.skip(':')) {
            in.blanks();
            var open = !in.atEnd() && in.peek() == ']';
            return new JsonPath.Segment.Slice(first, open ? JsonPath.Segment.Slice.OPEN : in.integer());
        }
        if (in.atEnd() || in.peek() != ',') {
            return new JsonPath.Segment.Index(first);
        }
        var indexes = new ArrayList<>(List.of(first));
        while (in.skip(',')) {
            in.blanks();
            indexes.add(in.integer());
            in.blanks();
        }
        return new JsonPath.Segment.Indexes(indexes);
    }
}
