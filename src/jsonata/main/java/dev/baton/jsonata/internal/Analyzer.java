package dev.baton.jsonata.internal;

import dev.baton.jsonata.evaluation.Analysis;
import dev.baton.jsonata.evaluation.Analysis.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds what an expression refers to.
public final class Analyzer {
    private final List<Reference> references = new ArrayList<>();
    private final List<Integer> roots = new ArrayList<>();
    private final TreeSet<String> functions = new TreeSet<>();
    private final List<Integer> evals = new ArrayList<>();

    private Analyzer() {}

    static Analysis analyze(ExpressionNode tree) {
        var analyzer = new Analyzer();
        analyzer.walk(tree, new Scope(null), true);
        analyzer.references.sort(Comparator.comparingInt(Reference::position));
        analyzer.roots.sort(Comparator.naturalOrder());
        return new Analysis(analyzer.references, analyzer.roots, analyzer.functions, analyzer.evals);
    }

    /// The names bound at one place of the expression.
    private record Scope(@Nullable Scope outer, Set<String> names) {
        Scope(@Nullable Scope outer) {
            this(outer, new HashSet<>());
        }

        boolean binds(String name) {
            return names.contains(name) || outer != null && outer.binds(name);
        }
    }

    /// @param root whether the context is still the one that the whole expression has
    private void walk(@Nullable ExpressionNode node, Scope scope, boolean root) {
        if (node == null) {
            return;
        }
        switch (node.type()) {
            case "path" -> path(node, scope, root);
            case "variable" -> variable(node, List.of(), scope, root);
            case "name", "wildcard", "descendant", "parent" -> root(node, root);
            case "block" -> {
                var inner = new Scope(scope);
                node.expressions().forEach(part -> walk(part, inner, root));
            }
            case "bind" -> {
                walk(node.rhs(), scope, root);
                var name = node.lhs();
                if (name != null) {
                    scope.names().add(name.text());
                }
            }
            case "lambda" -> {
                var inner = new Scope(scope);
                node.arguments().forEach(argument -> inner.names().add(argument.text()));
                walk(node.body(), inner, root);
            }
            case "function", "partial" -> call(node, scope, root);
            case "transform" -> {
                // Its pattern and its updates see the object that it is applied to.
                walk(node.pattern(), scope, false);
                walk(node.update(), scope, false);
                walk(node.delete(), scope, false);
            }
            default -> {
                walk(node.lhs(), scope, root);
                walk(node.rhs(), scope, root);
                walk(node.expression(), scope, root);
                walk(node.condition(), scope, root);
                walk(node.then(), scope, root);
                walk(node.otherwise(), scope, root);
                node.expressions().forEach(part -> walk(part, scope, root));
                node.terms().forEach(term -> walk(term, scope, false));
                members(node, scope, root);
            }
        }
        after(node, scope);
    }

    private void path(ExpressionNode node, Scope scope, boolean root) {
        var steps = node.steps();
        var inner = new Scope(scope);
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (i == 0 && step.is("variable")) {
                variable(step, names(steps), inner, root);
                after(step, inner);
            } else {
                walk(step, inner, root && i == 0);
            }
        }
        var group = node.group();
        if (group != null) {
            members(group, inner, false);
        }
    }

    /// The names that follow the first step directly, without a filter between them.
    private static List<String> names(List<ExpressionNode> steps) {
        var names = new ArrayList<String>();
        for (var i = 1;
                i < steps.size()
                        && steps.get(i - 1).stages().isEmpty()
                        && steps.get(i).is("name");
                i++) {
            names.add(steps.get(i).text());
        }
        return names;
    }

    private void after(ExpressionNode node, Scope scope) {
        bind(node, scope);
        for (var stage : node.stages()) {
            if (stage.is("index")) {
                scope.names().add(stage.text());
            }
            walk(stage.filter(), scope, false);
        }
        var group = node.group();
        if (group != null && !node.is("path")) {
            members(group, scope, false);
        }
    }

    private static void bind(ExpressionNode step, Scope scope) {
        var focus = step.focus();
        if (focus != null) {
            scope.names().add(focus);
        }
        var index = step.index();
        if (index != null) {
            scope.names().add(index);
        }
    }

    private void members(ExpressionNode node, Scope scope, boolean root) {
        for (var member : node.members()) {
            walk(member[0], scope, root);
            walk(member[1], scope, root);
        }
    }

    private void call(ExpressionNode node, Scope scope, boolean root) {
        var procedure = node.procedure();
        if (procedure != null && procedure.is("variable") && !scope.binds(procedure.text())) {
            var name = procedure.text();
            functions.add(name);
            if (name.equals("eval")) {
                evals.add(procedure.position());
            } else if (!Library.has(name)) {
                references.add(new Reference(name, List.of(), procedure.position()));
            }
        } else {
            walk(procedure, scope, root);
        }
        node.arguments().stream()
                .filter(argument -> !argument.is("operator"))
                .forEach(argument -> walk(argument, scope, root));
    }

    private void variable(ExpressionNode node, List<String> path, Scope scope, boolean root) {
        var name = node.text();
        if (name.isEmpty() || name.equals("$")) {
            root(node, root || name.equals("$"));
        } else if (!scope.binds(name)) {
            if (name.equals("eval")) {
                functions.add(name);
                evals.add(node.position());
            } else if (Library.has(name)) {
                functions.add(name);
            } else {
                references.add(new Reference(name, path, node.position()));
            }
        }
    }

    private void root(ExpressionNode node, boolean root) {
        if (root) {
            roots.add(node.position());
        }
    }
}
