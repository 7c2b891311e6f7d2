package dev.baton.cli.affected;

import dev.baton.cli.artefact.Artefacts;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.PipelineSearch;
import dev.baton.graph.TaskGraph;
import dev.baton.revision.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One of the two codes that are compared: the pipelines of an artefact, given or built.
public final class CodeSide implements AutoCloseable {
    /// So many revisions stay built.
    private static final int KEPT = 12;

    private static final int DIGITS = 12;

    private final String name;
    private final Artefacts artefacts;
    private final SortedMap<String, TaskGraph> graphs;

    private CodeSide(String name, List<List<Path>> given) {
        this.name = name;
        this.artefacts = new Artefacts();
        try {
            given.forEach(artefacts::addGiven);
            this.graphs = graphs(artefacts);
        } catch (RuntimeException e) {
            artefacts.close();
            throw e;
        }
    }

    private static SortedMap<String, TaskGraph> graphs(Artefacts artefacts) {
        var graphs = new TreeMap<String, TaskGraph>();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            for (var pipeline : PipelineSearch.in(artefacts.loaders())) {
                // Code that asks the context class loader finds there what it finds in Lambda.
                thread.setContextClassLoader(pipeline.root().getClassLoader());
                graphs.put(pipeline.name(), CheckedGraph.of(pipeline).orThrow());
            }
            return graphs;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// What was built already.
    ///
    /// @param jars jars, folders with jars, folders with classes: one artefact
    public static CodeSide given(List<Path> jars) {
        return new CodeSide(ProjectFolder.shown(jars.getFirst()), List.of(jars));
    }

    /// A revision, built in a folder of its own; what it built is kept for the next time.
    ///
    /// @throws DiagnosticException CLI060 to CLI062, REV001 to REV008
    public static CodeSide of(Repository repository, String revision, RevisionBuild build) throws IOException {
        var id = repository.revision(revision).id();
        var shown = id.substring(0, DIGITS) + " (" + repository.system() + ")";
        var kept = ProjectFolder.revisions().resolve(id + "-" + build.digest());
        if (!Files.isDirectory(kept)) {
            var work = Files.createTempDirectory("baton-revision");
            try {
                repository.export(id, work.resolve("sources"));
                build.run(shown, repository.root(), work.resolve("sources"), work.resolve("built"));
                Files.createDirectories(ProjectFolder.revisions());
                trim();
                copy(work.resolve("built"), kept);
            } finally {
                delete(work);
            }
        }
        return new CodeSide(shown, inside(kept));
    }

    /// What is in the working copy, with what is not committed, built in a folder of its own.
    ///
    /// @throws DiagnosticException CLI060 to CLI062, REV001 to REV008
    public static CodeSide workingCopy(Repository repository, RevisionBuild build) throws IOException {
        var work = Files.createTempDirectory("baton-revision");
        try {
            repository.exportWorkingCopy(work.resolve("sources"));
            build.run("the working copy", repository.root(), work.resolve("sources"), work.resolve("built"));
            return new CodeSide("the working copy", inside(work.resolve("built")));
        } finally {
            delete(work);
        }
    }

    private static List<List<Path>> inside(Path folder) throws IOException {
        try (var artefacts = Files.list(folder)) {
            return artefacts.sorted().map(List::of).toList();
        }
    }

    /// Whole, or not at all.
    private static void copy(Path built, Path kept) throws IOException {
        var next = Files.createTempDirectory(kept.getParent(), "next");
        try (var files = Files.walk(built)) {
            for (var file : files.sorted().toList()) {
                var to = next.resolve(built.relativize(file).toString());
                if (!Files.isDirectory(to)) {
                    Files.copy(file, to);
                }
            }
        }
        try {
            Files.move(next, kept);
        } catch (IOException e) {
            // Another call was quicker, with the same.
            delete(next);
        }
    }

    private static void trim() throws IOException {
        try (var folders = Files.list(ProjectFolder.revisions())) {
            var newest = folders.sorted(Comparator.comparingLong(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .toList();
            for (var old : newest.subList(Math.min(newest.size(), KEPT - 1), newest.size())) {
                delete(old);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /// The code as sentences name it.
    public String name() {
        return name;
    }

    /// The names of all pipelines.
    public List<String> pipelines() {
        return List.copyOf(graphs.keySet());
    }

    @Nullable
    TaskGraph graph(String pipeline) {
        return graphs.get(pipeline);
    }

    @Override
    public void close() {
        artefacts.close();
    }
}
