package dev.baton.graph;

import dev.baton.run.code.CodeHash;
import dev.baton.task.template.KeyLanguage;
import dev.baton.task.template.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The outputs of a class of tasks.
///
/// @param type the tasks' class
/// @param template of their output
/// @param constants printed components that are the same in all of them
record ClassOutputs(Class<?> type, Template template, Map<String, String> constants, boolean external) {

    /// The outputs of each class of a graph, in the order of the classes' names.
    static List<ClassOutputs> of(TaskGraph graph) {
        var types = new TreeMap<Class<?>, List<TaskNode>>(Comparator.comparing(Class::getName));
        for (var node : graph.nodes()) {
            types.computeIfAbsent(node.taskClass(), type -> new ArrayList<>()).add(node);
        }
        var outputs = new ArrayList<ClassOutputs>();
        types.forEach((type, nodes) -> {
            var constants = new HashMap<>(nodes.getFirst().constants());
            nodes.forEach(
                    node -> constants.entrySet().retainAll(node.constants().entrySet()));
            outputs.add(new ClassOutputs(
                    type,
                    nodes.getFirst().template(),
                    constants,
                    nodes.getFirst().external()));
            nodes.getFirst()
                    .items()
                    .ifPresent(items ->
                            outputs.add(new ClassOutputs(items.itemClass(), items.template(), Map.of(), false)));
        });
        return outputs;
    }

    /// The keys that the tasks write.
    KeyLanguage keys() {
        return template.keys(constants);
    }

    /// Whether both may write one object.
    boolean meets(ClassOutputs other) {
        return template.bucket().equals(other.template.bucket()) && keys().intersects(other.keys());
    }

    /// Whether both are of one class with one code: what one pipeline made is then as fresh for the other.
    boolean isSharedWith(ClassOutputs other) {
        return type == other.type
                || (type.getName().equals(other.type.getName())
                        && CodeHash.of(type).equals(CodeHash.of(other.type)));
    }

    /// Whether a role that may write these outputs may write one of the other's.
    boolean reaches(ClassOutputs other) {
        return template.bucket().equals(other.template.bucket())
                && template.covered(constants).intersects(other.keys());
    }
}
