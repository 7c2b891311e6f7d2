package dev.baton.cli.local;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.RunTriggers;
import dev.baton.graph.TaskGraph;
import dev.baton.name.Sha256;
import dev.baton.run.PinnedObject;
import dev.baton.run.decision.UsedIdentities;
import dev.baton.task.Access;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.TaskMap;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A folder of files that stand for the uploads of a pipeline's external tasks.
///
/// For `s3://lake/landing/seattle/2012.csv` it is the first of `lake/landing/seattle/2012.csv`,
/// `landing/seattle/2012.csv`, `seattle/2012.csv` and `2012.csv` that is there.
public record UploadFolder(Path folder) {
    /// So many missing files are named.
    private static final int NAMED = 20;

    /// The file for a logical URI.
    Optional<Path> file(String uri) {
        return places(uri).stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// The logical URIs of a run's uploads, in the order in which its root comes upon them.
    static List<String> uris(GraphInstance run) {
        var needed = new TaskMap<Boolean>();
        run.externals().forEach(node -> needed.put(run.task(node), true));
        var uris = new LinkedHashSet<String>();
        walk(run.task(run.graph().root()), new TaskMap<>(), task -> {
            if (needed.containsKey(task)) {
                uris.add(task.output().uri());
            }
        });
        return List.copyOf(uris);
    }

    private static void walk(Task task, TaskMap<Boolean> met, Consumer<Task> each) {
        if (met.put(task, true) == null) {
            task.requires().forEach(required -> walk(Unneeded.unwrap(required), met, each));
            each.accept(task);
        }
    }

    /// The parameters of the first run, by their text, whose uploads are all there.
    ///
    /// @throws DiagnosticException CLI004 when there is none
    public Map<String, String> firstRun(TaskGraph graph) {
        return new RunTriggers(graph)
                .all(this::under).stream()
                        .sorted(Comparator.comparing(Map::toString))
                        .filter(parameters -> uris(graph.instance(parameters)).stream()
                                .allMatch(uri -> file(uri).isPresent()))
                        .findFirst()
                        .orElseThrow(() -> new DiagnosticException(Diagnostic.error(
                                "CLI004",
                                Location.named(ProjectFolder.shown(folder)),
                                (Files.isDirectory(folder) ? "holds no complete set of uploads; " : "is not a folder; ")
                                        + graph.pipeline().name() + " awaits "
                                        + String.join(", ", new RunTriggers(graph).templates()),
                                "put the files there, or name another folder with --data")));
    }

    /// The files that a run needs, by logical URI: first what its tasks read or list beside their inputs, so that it is
    /// there when they run, then the uploads that start it.
    ///
    /// @throws DiagnosticException CLI004 with every upload for which there is no file
    SequencedMap<String, Path> needed(GraphInstance run) {
        var needed = new LinkedHashMap<String, Path>();
        var starting = uris(run);
        for (var node : run.graph().nodes()) {
            if (run.needed(node)) {
                read(run.task(node))
                        .flatMap(this::within)
                        .forEach(uri -> file(uri).ifPresent(file -> needed.put(uri, file)));
            }
        }
        var missing = new ArrayList<String>();
        for (var uri : starting) {
            needed.remove(uri);
            file(uri).ifPresentOrElse(file -> needed.put(uri, file), () -> missing.add(uri));
        }
        if (!missing.isEmpty()) {
            throw missing(missing);
        }
        return needed;
    }

    /// The uploads of a run for which there is a file, and what identifies the rest that its tasks read, by logical URI,
    /// as they will be in S3. They have no version yet.
    public Map<String, PinnedObject> objects(GraphInstance run) throws IOException {
        var objects = new LinkedHashMap<String, PinnedObject>();
        var uris = new LinkedHashSet<>(uris(run));
        for (var node : run.graph().nodes()) {
            if (run.needed(node)) {
                run.task(node).identities().values().stream()
                        .filter(UsedIdentities::isObject)
                        .forEach(uris::add);
            }
        }
        for (var uri : uris) {
            var file = file(uri);
            if (file.isPresent()) {
                objects.put(uri, new PinnedObject(uri, "", sha256(file.get()), Files.size(file.get())));
            }
        }
        return objects;
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(Sha256.of(in));
        }
    }

    private DiagnosticException missing(List<String> uris) {
        var more = uris.size() - NAMED;
        return new DiagnosticException(Diagnostic.error(
                "CLI004",
                Location.named(ProjectFolder.shown(folder)),
                "holds no file for " + String.join(", ", uris.subList(0, Math.min(NAMED, uris.size())))
                        + (more > 0 ? " and " + more + " more" : ""),
                uris.size() == 1
                        ? "put the file there, or name another folder with --data"
                        : "put the files there, or name another folder with --data"));
    }

    /// The prefixes that a task has declared to read or list.
    private static Stream<String> read(Task task) {
        return task.uses().stream().flatMap(access -> switch (access) {
            case Access.ReadObjects read -> Stream.of(read.prefix());
            case Access.ListObjects list -> Stream.of(list.prefix());
            case Access.WriteObjects write -> Stream.<String>empty();
            case Access.ReplaceObjects replace -> Stream.<String>empty();
            case Access.Secret secret -> Stream.<String>empty();
            case Access.TableItems items -> Stream.<String>empty();
            case Access.Actions actions -> Stream.<String>empty();
        });
    }

    /// The files of the folder that are not among those, by their names in it.
    List<String> others(Collection<Path> used) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> Files.isRegularFile(file) && !used.contains(file))
                    .map(this::name)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /// The logical URIs under a prefix for which there is a file that lies in a folder of the prefix's last name: a
    /// file of any other folder could as well be meant to lie under it, and is not.
    private Stream<String> within(String prefix) {
        var heads = heads(prefix);
        return under(prefix, heads.size() > 2 ? heads.subList(0, heads.size() - 1) : heads);
    }

    /// The logical URIs under a prefix for which there is a file.
    private Stream<String> under(String prefix) {
        return under(prefix, heads(prefix));
    }

    private Stream<String> under(String prefix, List<String> heads) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (var files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(this::name)
                    .flatMap(name -> heads.stream().map(head -> head + name))
                    .filter(uri -> uri.startsWith(prefix))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What may stand before a file's name: `s3://`, `s3://lake/`, `s3://lake/landing/`.
    private static List<String> heads(String prefix) {
        var heads = new ArrayList<String>();
        for (var at = "s3://".length(); at > 0; at = next(prefix, at)) {
            heads.add(prefix.substring(0, at));
        }
        return heads;
    }

    private static List<String> places(String uri) {
        var path = uri.substring("s3://".length());
        var places = new ArrayList<String>();
        for (var at = 0; at >= 0; at = next(path, at)) {
            places.add(path.substring(at));
        }
        return places;
    }

    private static int next(String path, int at) {
        var slash = path.indexOf('/', at);
        return slash < 0 ? -1 : slash + 1;
    }
}
