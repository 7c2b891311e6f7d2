package dev.baton.compiler;

import dev.baton.task.Pipeline;
import dev.baton.task.graph.TaskGraph;

/// Turns the graph of a pipeline into what Step Functions, IAM, Lambda and EventBridge take.
public final class Compiler {
    private Compiler() {}

    /// The pipeline, compiled with full parallelism.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(Pipeline pipeline) {
        return compile(TaskGraph.of(pipeline), CompilerOptions.DEFAULT);
    }

    /// The pipeline of a graph, compiled.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static CompiledPipeline compile(TaskGraph graph, CompilerOptions options) {
        throw new UnsupportedOperationException("under construction");
    }
}
