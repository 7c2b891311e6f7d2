package dev.baton.asl.internal;

import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.jsonata.Expression;
import dev.baton.jsonata.JsonataException;

/// The checks of JSONata expressions and of the values that hold them.
final class JsonataChecks {
    private JsonataChecks() {}

    /// A value of any type in which every string may be an expression.
    static Check template() {
        return JsonataChecks::template;
    }

    static void template(Visit visit, Node node, Place place) {
        switch (node) {
            case ArrayNode array -> Checks.forEach(array, place, (each, at) -> template(visit, each, at));
            case ObjectNode object -> {
                for (var member : object.members()) {
                    template(visit, member.node(), place.field(member));
                }
                Checks.repeatedFields(visit, object, place);
            }
            case Node.ScalarNode scalar -> string(visit, Checks.textOf(scalar), place);
        }
    }

    private static void string(Visit visit, String text, Place place) {
        if (JsonataText.isExpression(text)) {
            expression(visit, text, place);
        } else if (JsonataText.isBroken(text)) {
            visit.problems().expressions().braces(place, text);
        }
    }

    /// An object or an expression that gives one.
    static Check objectOrExpression() {
        return (visit, node, place) -> {
            if (node instanceof ObjectNode || Checks.textOf(node).startsWith("{%")) {
                template(visit, node, place);
            } else {
                visit.problems().type(place, "an object", node.value());
            }
        };
    }

    /// A string that is an expression.
    static void expression(Visit visit, String text, Place place) {
        var inner = JsonataText.inner(text);
        try {
            analyse(visit, Expression.compile(inner), inner, place);
        } catch (JsonataException e) {
            visit.problems().expressions().jsonataSyntax(place, inner.strip(), e.message());
        }
    }

    private static void analyse(Visit visit, Expression expression, String inner, Place place) {
        var analysis = expression.analysis();
        for (var position : analysis.rootReferences()) {
            visit.problems().expressions().jsonataContext(place, nameAt(inner, position));
        }
        if (!analysis.evalPositions().isEmpty()) {
            visit.problems().expressions().eval(place);
        }
        for (var reference : analysis.references()) {
            if (!reference.name().equals("states")) {
                visit.variables().reads(reference.name(), place);
            } else if (!reference.path().isEmpty()
                    && !visit.statesFields().contains(reference.path().getFirst())) {
                visit.problems().expressions()
                        .statesField(
                                place,
                                reference.path().getFirst(),
                                visit.statesFields().stream().sorted().toList());
            }
        }
    }

    /// The name that stands at a position of an expression.
    private static String nameAt(String expression, int position) {
        var from = Math.clamp(position, 0, expression.length());
        var end = from;
        while (end < expression.length() && isNamePart(expression.charAt(end))) {
            end++;
        }
        if (end > from) {
            return expression.substring(from, end);
        }
        return from < expression.length() ? expression.substring(from, from + 1) : expression;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
