package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.util.List;

/// What the tasks of graph tests have in common: they are only asked, never run.
interface Made extends Task {
    @Override
    default void run(TaskRun run) {
        throw new UnsupportedOperationException("only asked");
    }

    static <R extends Record & Task> List<String> codes(Class<R> root) {
        return codes(Pipeline.of("p", root));
    }

    static List<String> codes(Pipeline pipeline) {
        return findings(pipeline).stream().map(Diagnostic::code).distinct().toList();
    }

    static List<Diagnostic> findings(Pipeline pipeline) {
        return CheckedGraph.of(pipeline, 300).findings();
    }

    static <R extends Record & Task> List<String> messages(Class<R> root) {
        return messages(Pipeline.of("p", root));
    }

    static List<String> messages(Pipeline pipeline) {
        return findings(pipeline).stream()
                .map(finding -> finding.code() + " " + finding.location() + ": " + finding.message())
                .toList();
    }

    static <R extends Record & Task> List<String> ids(Class<R> root) {
        return ids(Pipeline.of("p", root));
    }

    static List<String> ids(Pipeline pipeline) {
        return CheckedGraph.of(pipeline).orThrow().nodes().stream()
                .map(TaskNode::id)
                .toList();
    }
}
