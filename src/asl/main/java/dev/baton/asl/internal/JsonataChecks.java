package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import dev.baton.jsonata.Expression;
import dev.baton.jsonata.evaluation.JsonataException;

/// The checks of JSONata expressions and of the values that hold them.
final class JsonataChecks {
    private JsonataChecks() {}

    /// A value of any type in which every string may be an expression.
    static ValueCheck template() {
        return JsonataChecks::template;
    }

    static void template(CheckContext visit, Node node, DefinitionPlace place) {
        switch (node) {
            case ArrayNode array -> ValueChecks.forEach(array, place, (each, at) -> template(visit, each, at));
            case ObjectNode object -> {
                for (var member : object.members()) {
                    template(visit, member.node(), place.field(member));
                }
                ValueChecks.repeatedFields(visit, object, place);
            }
            case Node.ScalarNode scalar -> string(visit, ValueChecks.textOf(scalar), place);
        }
    }

    private static void string(CheckContext visit, String text, DefinitionPlace place) {
        if (JsonataText.isExpression(text)) {
            expression(visit, text, place);
        } else if (JsonataText.isBroken(text)) {
            visit.problems().expressions().braces(place, text);
        }
    }

    /// An object or an expression that gives one.
    static ValueCheck objectOrExpression() {
        return (visit, node, place) -> {
            if (node instanceof ObjectNode || ValueChecks.textOf(node).startsWith("{%")) {
                template(visit, node, place);
            } else {
                visit.problems().type(place, "an object", node.value());
            }
        };
    }

    /// A string that is an expression.
    static void expression(CheckContext visit, String text, DefinitionPlace place) {
        var inner = JsonataText.inner(text);
        try {
            analyse(visit, Expression.compile(inner), inner, place);
        } catch (JsonataException e) {
            visit.problems().expressions().jsonataSyntax(place, inner.strip(), e.message());
        }
    }

    private static void analyse(CheckContext visit, Expression expression, String inner, DefinitionPlace place) {
        var analysis = expression.analysis();
        analysis.rootReferences().stream()
                .map(position -> nameBefore(inner, position))
                .distinct()
                .forEach(name -> visit.problems().expressions().jsonataContext(place, name));
        if (!analysis.evalPositions().isEmpty()) {
            visit.problems().expressions().eval(place);
        }
        for (var reference : analysis.references()) {
            if (!reference.name().equals("states")) {
                visit.variables().reads(reference.name(), place);
            } else if (!reference.path().isEmpty()
                    && !visit.statesFields().contains(reference.path().getFirst())) {
                visit.problems()
                        .expressions()
                        .statesField(
                                place,
                                reference.path().getFirst(),
                                visit.statesFields().stream().sorted().toList());
            }
        }
    }

    /// The token that ends at a position of an expression: a name, plain or in backticks, or a sign.
    private static String nameBefore(String expression, int position) {
        var end = Math.clamp(position, 0, expression.length());
        if (end == 0) {
            return expression;
        }
        if (expression.charAt(end - 1) == '`') {
            return expression.substring(Math.max(expression.lastIndexOf('`', end - 2) + 1, 0), end - 1);
        }
        var from = end - 1;
        if (isNamePart(expression.charAt(from))) {
            while (from > 0 && isNamePart(expression.charAt(from - 1))) {
                from--;
            }
        } else if (from > 0 && expression.charAt(from) == '*' && expression.charAt(from - 1) == '*') {
            from--;
        }
        return expression.substring(from, end);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
