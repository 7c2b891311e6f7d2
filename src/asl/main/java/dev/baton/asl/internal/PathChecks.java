package dev.baton.asl.internal;

import dev.baton.asl.path.Filter;
import dev.baton.asl.path.IntrinsicCall;
import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.asl.path.JsonPath;
import dev.baton.asl.path.PathExpression;
import dev.baton.asl.path.PathSyntaxException;
import dev.baton.asl.path.ReferencePath;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;

/// The checks of paths, intrinsic functions and JSONPath's payload templates.
final class PathChecks {
    private static final Set<IntrinsicFunction> GIVING_STRINGS = EnumSet.of(
            IntrinsicFunction.FORMAT,
            IntrinsicFunction.JSON_TO_STRING,
            IntrinsicFunction.ARRAY_GET_ITEM,
            IntrinsicFunction.BASE64_ENCODE,
            IntrinsicFunction.BASE64_DECODE,
            IntrinsicFunction.HASH,
            IntrinsicFunction.UUID);

    /// The bound on the calls of intrinsic functions in one field. The developer guide (*Intrinsic functions for
    /// JSONPath states*) counts nine in an expression of three levels: all calls, not the levels.
    private static final int MOST_CALLS = 10;

    private PathChecks() {}

    /// `InputPath` and `OutputPath`: any path, or null.
    static ValueCheck pathOrNull() {
        return (visit, node, place) -> {
            if (node.value() == null) {
                return;
            }
            if (!(node.value() instanceof String text)) {
                visit.problems().type(place, "a string", node.value());
                return;
            }
            try {
                uses(visit, JsonPath.parse(text), place);
            } catch (PathSyntaxException e) {
                visit.problems().expressions().path(place, text, e.why());
            }
        };
    }

    /// `ResultPath`: a reference path into the input, or null.
    static ValueCheck resultPath() {
        return (visit, node, place) -> {
            if (node.value() != null) {
                reference(visit, node, place, Roots.INPUT);
            }
        };
    }

    /// A reference path into anything.
    static ValueCheck reference() {
        return (visit, node, place) -> reference(visit, node, place, Roots.ALL);
    }

    /// A reference path into the input or a variable, which is what the service takes for the numbers of a Map.
    static ValueCheck referenceWithoutContext() {
        return (visit, node, place) -> reference(visit, node, place, Roots.NO_CONTEXT);
    }

    private enum Roots {
        INPUT,
        NO_CONTEXT,
        ALL;

        boolean allow(JsonPath.Root root) {
            return switch (root) {
                case JsonPath.Root.Input input -> true;
                case JsonPath.Root.Variable variable -> this != INPUT;
                case JsonPath.Root.Context context -> this == ALL;
                case JsonPath.Root.Current current -> false;
            };
        }
    }

    private static void reference(CheckContext visit, Node node, DefinitionPlace place, Roots roots) {
        if (!(node.value() instanceof String text)) {
            visit.problems().type(place, "a string", node.value());
            return;
        }
        try {
            var path = ReferencePath.parse(text).path();
            if (!roots.allow(path.root())) {
                visit.problems().expressions().referencePath(place, text, "it begins where this field cannot reach");
            }
            uses(visit, path, place);
        } catch (PathSyntaxException e) {
            visit.problems().expressions().referencePath(place, text, e.why());
        }
    }

    /// `ErrorPath` and `CausePath`: a reference path, or an intrinsic function that gives a string.
    static ValueCheck referenceOrStringIntrinsic() {
        return (visit, node, place) -> {
            if (!(node.value() instanceof String text) || !text.startsWith("States.")) {
                reference(visit, node, place, Roots.ALL);
                return;
            }
            try {
                var call = IntrinsicCall.parse(text);
                if (!GIVING_STRINGS.contains(call.function())) {
                    visit.problems()
                            .expressions()
                            .stringIntrinsic(
                                    place,
                                    text,
                                    GIVING_STRINGS.stream()
                                            .map(IntrinsicFunction::text)
                                            .toList());
                }
                uses(visit, call, place);
                count(visit, call, place);
            } catch (PathSyntaxException e) {
                visit.problems().expressions().referencePath(place, text, e.why());
            }
        };
    }

    /// A payload template of any type.
    static ValueCheck template() {
        return PathChecks::template;
    }

    static void template(CheckContext visit, Node node, DefinitionPlace place) {
        switch (node) {
            case ArrayNode array -> ValueChecks.forEach(array, place, (each, at) -> template(visit, each, at));
            case ObjectNode object -> {
                for (var member : object.members()) {
                    var at = place.field(member);
                    templateField(visit, object, place, member, at);
                }
                ValueChecks.repeatedFields(visit, object, place);
            }
            case Node.ScalarNode scalar -> {}
        }
    }

    private static void templateField(
            CheckContext visit, ObjectNode object, DefinitionPlace place, Node.Member member, DefinitionPlace at) {
        var name = member.name();
        if (!name.endsWith(".$")) {
            if (looksLikePath(ValueChecks.textOf(member.node()))) {
                visit.problems().expressions().noDollar(at, name, ValueChecks.textOf(member.node()));
            }
            template(visit, member.node(), at);
            return;
        }
        if (object.has(name.substring(0, name.length() - 2))) {
            visit.problems().expressions().templateConflict(at, name);
        }
        if (!(member.node().value() instanceof String text)) {
            visit.problems()
                    .expressions()
                    .templatePath(at, place, name, member.node().value(), "");
            return;
        }
        try {
            var expression = PathExpression.parse(text);
            uses(visit, expression, at);
            if (expression instanceof IntrinsicCall call) {
                count(visit, call, at);
            }
        } catch (PathSyntaxException e) {
            visit.problems().expressions().templatePath(at, place, name, text, e.why());
        }
    }

    static boolean looksLikePath(String text) {
        return text.equals("$")
                || text.startsWith("$.")
                || text.startsWith("$$.")
                || text.startsWith("$[")
                || (text.startsWith("States.") && text.contains("("));
    }

    private static void count(CheckContext visit, IntrinsicCall call, DefinitionPlace place) {
        if (call.calls() > MOST_CALLS) {
            visit.problems().expressions().manyCalls(place, call.calls(), MOST_CALLS);
        }
    }

    private static void uses(CheckContext visit, PathExpression expression, DefinitionPlace place) {
        switch (expression) {
            case JsonPath path -> uses(visit, path, place);
            case IntrinsicCall call -> {
                for (var argument : call.arguments()) {
                    switch (argument) {
                        case IntrinsicCall.Argument.Path(var path) -> uses(visit, path, place);
                        case IntrinsicCall.Argument.Call(var inner) -> uses(visit, inner, place);
                        case IntrinsicCall.Argument.Text text -> {}
                        case IntrinsicCall.Argument.Numeric number -> {}
                        case IntrinsicCall.Argument.Bool bool -> {}
                        case IntrinsicCall.Argument.Null none -> {}
                    }
                }
            }
        }
    }

    private static void uses(CheckContext visit, JsonPath path, DefinitionPlace place) {
        if (path.root() instanceof JsonPath.Root.Variable(var name)) {
            visit.variables().reads(name, place);
        }
        for (var segment : path.segments()) {
            if (segment instanceof JsonPath.Segment.Filtered(var filter)) {
                uses(visit, filter, place);
            }
            if (segment instanceof JsonPath.Segment.Field(var name)
                    && path.text().contains("." + name)
                    && name.endsWith("()")) {
                visit.problems().expressions().pathFunction(place, path.text(), name);
            }
        }
    }

    private static void uses(CheckContext visit, Filter filter, DefinitionPlace place) {
        switch (filter) {
            case Filter.And(var filters) -> filters.forEach(inner -> uses(visit, inner, place));
            case Filter.Or(var filters) -> filters.forEach(inner -> uses(visit, inner, place));
            case Filter.Not(var inner) -> uses(visit, inner, place);
            case Filter.Exists(var path) -> uses(visit, path, place);
            case Filter.Compare(var left, var operator, var right) -> {
                uses(visit, left, place);
                uses(visit, right, place);
            }
        }
    }

    private static void uses(CheckContext visit, Filter.Term term, DefinitionPlace place) {
        if (term instanceof Filter.Term.At(var path)) {
            uses(visit, path, place);
        }
    }
}
