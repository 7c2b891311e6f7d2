package dev.baton.cli.affected;

import dev.baton.run.decision.CodeChange;
import java.util.List;

/// A task whose code is another one, and by which parts of it.
///
/// @param task the name of its class
/// @param way in which it differs: it is new, it is gone, or its code changed
/// @param nodes its places in the graph, in the newer code, and in the older one where it is gone
/// @param changes none where it is new or gone
public record TouchedTask(String task, CodeChange.Way way, List<String> nodes, List<CodeChange> changes) {
    public TouchedTask {
        nodes = List.copyOf(nodes);
        changes = List.copyOf(changes);
    }

    /// The class without its package.
    public String simpleName() {
        return task.substring(task.lastIndexOf('.') + 1).replace('$', '.');
    }

    /// What happened to it, as the end of a line.
    public String text() {
        return switch (way) {
            case ADDED -> "is new";
            case LEFT -> "is gone";
            case CHANGED -> CodeChange.text(changes);
        };
    }
}
