package dev.baton.jsonata.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes [QuickNode] parts of the expressions that state machines are full of: paths from variables, arithmetic,
/// comparisons, conditions, constructors, simple calls. Whatever has a context of its own is left to the library.
final class QuickCompiler {
    /// Those whose arguments are values only, no functions.
    private static final Set<String> CALLABLE = Set.of(
            "abs",
            "append",
            "average",
            "base64decode",
            "base64encode",
            "boolean",
            "ceil",
            "count",
            "distinct",
            "exists",
            "floor",
            "formatBase",
            "formatInteger",
            "formatNumber",
            "fromMillis",
            "hash",
            "join",
            "keys",
            "length",
            "lookup",
            "lowercase",
            "max",
            "merge",
            "millis",
            "min",
            "not",
            "now",
            "number",
            "pad",
            "parse",
            "partition",
            "power",
            "random",
            "range",
            "reverse",
            "round",
            "sqrt",
            "string",
            "substring",
            "substringAfter",
            "substringBefore",
            "sum",
            "toMillis",
            "trim",
            "type",
            "uppercase",
            "uuid",
            "zip");

    private int depth;
    private int deepest;
    private @Nullable Scope scope;
    private int slots;

    /// The variables of a block, each with its place among the locals.
    private record Scope(@Nullable Scope outer, Map<String, Integer> slots) {
        @Nullable
        Integer slot(String name) {
            var slot = slots.get(name);
            return slot != null || outer == null ? slot : outer.slot(name);
        }
    }

    /// The depth of the compiled part, counted as the library counts.
    int depth() {
        return deepest;
    }

    /// The part that does what the node says; null where the library is needed.
    @Nullable
    QuickNode compile(@Nullable ExpressionNode node) {
        if (node == null) {
            return null;
        }
        deepest = Math.max(deepest, ++depth);
        try {
            if (!node.is("variable") && !node.isPlain()) {
                return null;
            }
            return switch (node.type()) {
                case "string", "number", "value" -> literal(node);
                case "variable" -> variable(node);
                case "path" -> path(node);
                case "binary" -> binary(node);
                case "unary" -> unary(node);
                case "condition" -> condition(node);
                case "block" -> block(node);
                case "function" -> call(node);
                default -> null;
            };
        } finally {
            depth--;
        }
    }

    private @Nullable List<QuickNode> all(List<ExpressionNode> nodes) {
        var parts = new ArrayList<QuickNode>(nodes.size());
        for (var node : nodes) {
            var part = compile(node);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return parts;
    }

    private static QuickNode literal(ExpressionNode node) {
        Object value = switch (node.value()) {
            case null -> ValueConversion.NULL;
            case Integer number -> number.longValue();
            case Object other -> other;
        };
        return evaluation -> value;
    }

    private @Nullable QuickNode variable(ExpressionNode node) {
        var name = node.text();
        var indexes = indexes(node);
        if (name.isEmpty() || name.equals("$") || indexes == null || !isBare(node)) {
            return null;
        }
        var value = lookup(name);
        return value == null || indexes.length == 0
                ? value
                : evaluation -> Paths.index(value.evaluate(evaluation), indexes);
    }

    private static boolean isBare(ExpressionNode node) {
        var symbol = node.symbol();
        return symbol.group == null
                && symbol.focus == null
                && symbol.index == null
                && symbol.tuple == null
                && !symbol.keepSingletonArray
                && !node.keepsArray();
    }

    private @Nullable QuickNode lookup(String name) {
        var slot = scope == null ? null : scope.slot(name);
        if (slot != null) {
            int place = slot;
            return evaluation -> evaluation.local(place);
        }
        if (Library.has(name)) {
            return null;
        }
        return evaluation -> {
            var value = evaluation.bindings().get(name);
            return value != null || !evaluation.bindings().containsKey(name) ? value : ValueConversion.NULL;
        };
    }

    private @Nullable QuickNode path(ExpressionNode node) {
        var steps = node.steps();
        var first = steps.getFirst();
        if (!first.is("variable")) {
            return null;
        }
        var start = compile(first);
        if (start == null || first.symbol().stages != null) {
            return null;
        }
        var names = new String[steps.size() - 1];
        var indexes = new int[steps.size() - 1][];
        for (var i = 1; i < steps.size(); i++) {
            var step = steps.get(i);
            var index = indexes(step);
            if (!step.is("name") || index == null || !isBare(step)) {
                return null;
            }
            names[i - 1] = step.text().intern();
            indexes[i - 1] = index;
        }
        deepest = Math.max(deepest, depth + 1);
        return evaluation -> Paths.follow(start.evaluate(evaluation), names, indexes);
    }

    /// The numbers in brackets after a step; null where there is anything else in them.
    private static int @Nullable [] indexes(ExpressionNode step) {
        var stages = step.stages();
        var indexes = new int[stages.size()];
        for (var i = 0; i < indexes.length; i++) {
            var filter = stages.get(i).is("filter") ? stages.get(i).filter() : null;
            if (filter == null || !filter.is("number") || !(filter.value() instanceof Number number)) {
                return null;
            }
            indexes[i] = (int) Math.floor(number.doubleValue());
        }
        return indexes;
    }

    private @Nullable QuickNode binary(ExpressionNode node) {
        var left = compile(node.lhs());
        var right = compile(node.rhs());
        return left == null || right == null ? null : Operators.binary(node.text(), left, right);
    }

    private @Nullable QuickNode unary(ExpressionNode node) {
        return switch (node.text()) {
            case "-" -> {
                var operand = compile(node.expression());
                yield operand == null
                        ? null
                        : evaluation -> Operators.negate(operand.evaluate(evaluation), node.position());
            }
            case "[" -> {
                var items = node.expressions();
                var parts = all(items);
                yield parts == null
                        ? null
                        : Constructors.array(
                                parts,
                                items.stream()
                                        .map(item -> item.text().equals("[") && item.is("unary"))
                                        .toList());
            }
            case "{" -> object(node);
            default -> null;
        };
    }

    private @Nullable QuickNode object(ExpressionNode node) {
        var members = node.members();
        var names = all(members.stream().map(member -> member[0]).toList());
        var values = all(members.stream().map(member -> member[1]).toList());
        return names == null || values == null ? null : Constructors.object(names, values, node.position());
    }

    private @Nullable QuickNode condition(ExpressionNode node) {
        var condition = compile(node.condition());
        var then = compile(node.then());
        var otherwise = node.otherwise() == null ? (QuickNode) evaluation -> null : compile(node.otherwise());
        return condition == null || then == null || otherwise == null
                ? null
                : evaluation ->
                        (Operators.isTrue(condition.evaluate(evaluation)) ? then : otherwise).evaluate(evaluation);
    }

    private @Nullable QuickNode block(ExpressionNode node) {
        scope = new Scope(scope, new HashMap<>());
        try {
            var parts = new ArrayList<QuickNode>();
            for (var expression : node.expressions()) {
                var part =
                        expression.is("bind") && expression.isPlain() ? bind(expression, scope) : compile(expression);
                if (part == null) {
                    return null;
                }
                parts.add(part);
            }
            if (parts.size() == 1) {
                return parts.getFirst();
            }
            return evaluation -> {
                Object result = null;
                for (var part : parts) {
                    result = part.evaluate(evaluation);
                }
                return result;
            };
        } finally {
            scope = scope.outer();
        }
    }

    private @Nullable QuickNode bind(ExpressionNode node, Scope block) {
        var variable = node.lhs();
        var value = compile(node.rhs());
        if (variable == null || value == null) {
            return null;
        }
        int slot = block.slots().computeIfAbsent(variable.text(), name -> slots++);
        return evaluation -> evaluation.local(slot, value.evaluate(evaluation));
    }

    private @Nullable QuickNode call(ExpressionNode node) {
        var procedure = node.procedure();
        if (procedure == null || !procedure.is("variable") || !procedure.isPlain()) {
            return null;
        }
        var name = procedure.text();
        var function =
                CALLABLE.contains(name) && (scope == null || scope.slot(name) == null) ? Library.get(name) : null;
        var arguments = all(node.arguments());
        return function == null || arguments == null ? null : Operators.call(function, arguments, node.position());
    }
}
