package dev.baton.cli.command;

import static java.util.stream.Collectors.joining;

import dev.baton.cli.artefact.Artefacts;
import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.PipelineSearch;
import dev.baton.graph.TaskGraph;
import dev.baton.task.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The pipelines that a command knows: the example's, those of `--jar`, and those on its own class path.
public final class PipelineChoice implements AutoCloseable {
    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "a jar with pipelines of your own, and the jars that it needs, or a folder with them, or a"
                    + " folder of classes; may be given several times")
    private List<Path> jars = new ArrayList<>();

    private final Artefacts artefacts = new Artefacts();
    private @Nullable List<Pipeline> found;

    /// @throws DiagnosticException with all that is wrong with jars, service entries and providers
    List<Pipeline> all() {
        if (found == null) {
            artefacts.addBuilt();
            artefacts.addGiven(jars);
            var loaders = new ArrayList<ClassLoader>(artefacts.loaders());
            loaders.addFirst(getClass().getClassLoader());
            found = PipelineSearch.in(loaders);
        }
        return found;
    }

    /// Takes the pipelines of some artefacts, and no others.
    ///
    /// @param given the jars of each
    void takeOnly(List<List<Path>> given) {
        given.forEach(artefacts::addGiven);
        found = PipelineSearch.in(artefacts.loaders());
    }

    /// Whether jars were given.
    boolean isGiven() {
        return !jars.isEmpty();
    }

    /// The pipeline of a name, if its code is here.
    Optional<Pipeline> find(String name) {
        return all().stream().filter(pipeline -> pipeline.name().equals(name)).findFirst();
    }

    /// @throws DiagnosticException CLI001 when there is none of that name
    public Pipeline named(String name) {
        return find(name).orElseThrow(() -> {
            var all = all();
            var known = all.stream().map(Pipeline::name).collect(joining(", "));
            return new DiagnosticException(Diagnostic.error(
                    "CLI001",
                    Location.named(name),
                    "there is no pipeline of this name; there " + (all.size() == 1 ? "is " : "are ")
                            + (known.isEmpty() ? "none" : known),
                    "name one of these, or give the jar that has it with --jar"));
        });
    }

    /// A pipeline, compiled, and held against the others that the command knows.
    ///
    /// @throws DiagnosticException CLI001, and what the compiler finds in it or between it and others
    public CompiledPipeline compiled(String name) {
        return compiled(List.of(named(name)), CompilerOptions.DEFAULT).getFirst();
    }

    /// Pipelines, compiled, and held against all others that the command knows.
    ///
    /// @throws DiagnosticException with what the compiler finds in any of them, or between one of them and another
    public List<CompiledPipeline> compiled(Collection<Pipeline> pipelines, CompilerOptions options) {
        var findings = new Diagnostics();
        var compiled = new ArrayList<CompiledPipeline>();
        for (var pipeline : pipelines) {
            try {
                compiled.add(within(pipeline, () -> Compiler.compile(pipeline, options)));
            } catch (DiagnosticException e) {
                findings.addAll(e.diagnostics());
            }
        }
        together(pipelines, compiled).forEach(findings::add);
        findings.throwIfErrors();
        return compiled;
    }

    /// What is wrong between pipelines of which at least one was asked for.
    private List<Diagnostic> together(Collection<Pipeline> asked, List<CompiledPipeline> compiled) {
        var others = all().stream()
                .filter(pipeline -> !asked.contains(pipeline))
                .flatMap(pipeline -> graph(pipeline).stream())
                .toList();
        var graphs = new ArrayList<>(others);
        compiled.forEach(pipeline -> graphs.add(pipeline.graph()));
        if (graphs.size() < 2) {
            return List.of();
        }
        var between = Compiler.checkTogether(others);
        return Compiler.checkTogether(graphs).stream()
                .filter(finding -> finding.isError() && !between.contains(finding))
                .toList();
    }

    /// The graphs of all pipelines that have one.
    List<TaskGraph> graphs() {
        return all().stream().flatMap(pipeline -> graph(pipeline).stream()).toList();
    }

    /// The graph of a pipeline that was not asked for; what is wrong with that one is told when it is.
    private static Optional<TaskGraph> graph(Pipeline pipeline) {
        return within(pipeline, () -> CheckedGraph.of(pipeline).graph());
    }

    /// Code that asks the context class loader finds there what it finds in Lambda.
    private static <T> T within(Pipeline pipeline, Supplier<T> work) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(pipeline.root().getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        artefacts.close();
    }
}
