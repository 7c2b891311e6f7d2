package dev.baton.cli.affected;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.task.PipelineProvider;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The artefacts with pipelines that a build has made: jars with a service entry, each with the jars in `lib` or `dependency`
/// beside it; where a folder `target` or `build` has none, its classes.
final class BuiltArtefacts {
    private static final String ENTRY = "META-INF/services/" + PipelineProvider.class.getName();
    private static final List<String> BUILT = List.of("target", "build");
    private static final List<String> BESIDE = List.of("lib", "dependency");
    /// Folders with what nobody deploys: those of tests are Maven's and Gradle's.
    private static final List<String> PASSED =
            List.of(".git", ".hg", ".gradle", "node_modules", "src", "lib", "test-classes", "test");

    private BuiltArtefacts() {}

    /// Copies them, each into a folder of its own.
    ///
    /// @param name of the revision, for messages
    /// @param given where they are within the project; empty for wherever they are found
    /// @throws DiagnosticException CLI062 when there is none
    static void copy(String name, Path project, List<String> given, Path to) throws IOException {
        var artefacts = given.isEmpty() ? found(project) : List.of(given(name, project, given));
        if (artefacts.isEmpty()) {
            throw none(name, "built no jar with pipelines: none has " + ENTRY);
        }
        for (var i = 0; i < artefacts.size(); i++) {
            copy(artefacts.get(i), Files.createDirectories(to.resolve(Integer.toString(i))));
        }
    }

    private static DiagnosticException none(String name, String what) {
        return new DiagnosticException(Diagnostic.error(
                "CLI062",
                Location.named(name),
                what,
                "say where the build puts the jar and those that it needs: --jar target/shop.jar --jar target/lib"));
    }

    private static void copy(List<Path> artefact, Path to) throws IOException {
        for (var path : artefact) {
            if (!Files.isDirectory(path)) {
                Files.copy(path, to.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            } else if (jars(path).isEmpty()) {
                Files.write(to.resolve("classes.jar"), FunctionPackage.jar(path));
            } else {
                copy(jars(path), to);
            }
        }
    }

    private static List<Path> given(String name, Path project, List<String> given) {
        var artefact = new ArrayList<Path>();
        for (var path : given) {
            var place = project.resolve(path).normalize();
            if (!place.startsWith(project) || !Files.exists(place)) {
                throw none(name, "built nothing at " + path);
            }
            artefact.add(place);
        }
        return artefact;
    }

    private static List<List<Path>> found(Path project) throws IOException {
        var jars = new ArrayList<Path>();
        var folders = new ArrayList<Path>();
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                if (PASSED.contains(name) && !folder.equals(project)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (Files.isRegularFile(folder.resolve(ENTRY))) {
                    folders.add(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isJar(file) && hasEntry(file)) {
                    jars.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        // A build tool may leave the jar as it was before it was shaded, and the classes that are in it.
        var byBuild = new TreeMap<Path, List<Path>>();
        for (var jar : jars) {
            byBuild.computeIfAbsent(build(project, jar), any -> new ArrayList<>())
                    .add(jar);
        }
        for (var folder : folders) {
            if (isCompiled(folder)) {
                byBuild.computeIfAbsent(build(project, folder), any -> List.of(folder));
            }
        }
        if (byBuild.keySet().stream().anyMatch(BuiltArtefacts::isBuild)) {
            // A repository may hold jars, which nobody built now.
            byBuild.keySet().removeIf(build -> !isBuild(build));
        }
        var artefacts = new ArrayList<List<Path>>();
        for (var own : byBuild.values()) {
            var artefact = new ArrayList<>(List.of(own.getFirst()));
            for (var beside : BESIDE) {
                var folder = own.getFirst().resolveSibling(beside);
                if (Files.isDirectory(folder)) {
                    artefact.addAll(jars(folder));
                }
            }
            artefacts.add(artefact);
        }
        return artefacts;
    }

    /// The folder `target` or `build` around a file; where there is none, the project.
    private static Path build(Path project, Path file) {
        for (var at = file.getParent(); at != null && at.startsWith(project); at = at.getParent()) {
            if (isBuild(at)) {
                return at;
            }
        }
        return project;
    }

    private static boolean isBuild(Path folder) {
        return BUILT.contains(folder.getFileName().toString());
    }

    /// Sources may have a service entry too, beside no class.
    private static boolean isCompiled(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(BuiltArtefacts::isJar).sorted().toList();
        }
    }

    private static boolean isJar(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".jar")
                && !name.endsWith("-sources.jar")
                && !name.endsWith("-javadoc.jar")
                && !name.endsWith("-tests.jar")
                && !name.startsWith("original-");
    }

    private static boolean hasEntry(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(ENTRY) != null;
        } catch (ZipException e) {
            return false;
        }
    }
}
