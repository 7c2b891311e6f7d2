package dev.baton.lambda.internal;

import dev.baton.task.graph.TaskGraph;
import java.util.TreeMap;

/// The code of tasks as a hash: of a class and the project classes that it reaches.
public final class Code {
    private Code() {}

    /// The code of one task class.
    public static String of(Class<?> taskClass) {
        return taskClass.getName();
    }

    /// The code of all tasks of a pipeline.
    public static String of(TaskGraph graph) {
        var hashes = new TreeMap<String, String>();
        graph.nodes().forEach(node -> hashes.put(node.taskClass().getName(), of(node.taskClass())));
        return Hash.hex(hashes.toString());
    }
}
