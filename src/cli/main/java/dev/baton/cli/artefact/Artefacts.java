package dev.baton.cli.artefact;

import dev.baton.cli.output.ProjectFolder;
import dev.baton.compiler.artefact.ArtefactLoader;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The artefacts that a command was given, each in a class loader of its own: all of `--jar` are one, and the example's
/// folders are one each.
public final class Artefacts implements AutoCloseable {
    /// The folder whose subfolders are built pipelines, as the launcher has it.
    private static final String BUILT = "baton.statemachines";

    private final List<ArtefactLoader> loaders = new ArrayList<>();
    private @Nullable PrivateJars copies;

    /// Those of the folder that the launcher names, each with what its build put beside it.
    public void addBuilt() {
        var folder = System.getProperty(BUILT, "");
        if (folder.isEmpty() || !Files.isDirectory(Path.of(folder))) {
            return;
        }
        for (var project : inside(Path.of(folder))) {
            var target = project.resolve("target");
            var jars = new ArrayList<Path>();
            if (Files.isDirectory(target)) {
                inside(target).stream().filter(Artefacts::isBuilt).forEach(jars::add);
            }
            if (!jars.isEmpty()) {
                if (Files.isDirectory(target.resolve("lib"))) {
                    inside(target.resolve("lib")).stream()
                            .filter(Artefacts::isJar)
                            .forEach(jars::add);
                }
                add(jars);
            }
        }
    }

    private static boolean isBuilt(Path file) {
        return isJar(file) && file.getFileName().toString().startsWith("baton-");
    }

    /// Sources and documentation, which builds lay beside a jar, are no code.
    private static boolean isJar(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".jar")
                && !name.endsWith("-sources.jar")
                && !name.endsWith("-javadoc.jar")
                && Files.isRegularFile(file);
    }

    private static List<Path> inside(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds what `--jar` names.
    ///
    /// @param given jars, folders with jars, folders with classes
    /// @throws DiagnosticException CLI029, CLI050 to CLI052
    public void addGiven(List<Path> given) {
        if (!given.isEmpty()) {
            add(given.stream().flatMap(Artefacts::jars).toList());
        }
    }

    private static Stream<Path> jars(Path given) {
        if (!Files.isDirectory(given)) {
            InputFiles.require(given);
            return Stream.of(given);
        }
        var jars = inside(given).stream().filter(Artefacts::isJar).toList();
        if (jars.isEmpty() && !hasClasses(given)) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI051",
                    Location.named(given.toString()),
                    "holds neither jars nor classes",
                    "give the jar that your build makes, the folder with it and the jars that it needs, or the folder"
                            + " into which your build compiles, such as target/classes"));
        }
        return jars.isEmpty() ? Stream.of(given) : jars.stream();
    }

    private static boolean hasClasses(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(List<Path> jars) {
        if (copies == null) {
            copies = PrivateJars.in(ProjectFolder.jars());
        }
        var artefact = copies.artefact();
        var findings = new Diagnostics();
        var byName = new LinkedHashMap<String, Path>();
        for (var jar : jars) {
            try {
                add(jar, artefact, byName);
            } catch (DiagnosticException e) {
                findings.addAll(e.diagnostics());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        findings.throwIfErrors();
        try {
            loaders.add(new ArtefactLoader(
                    byName.keySet().stream().map(artefact::resolve).toList(),
                    FunctionPackage.deployedJar(),
                    Artefacts.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Path jar, Path artefact, LinkedHashMap<String, Path> byName) throws IOException {
        if (Files.isDirectory(jar)) {
            var name = "classes-" + byName.size() + ".jar";
            PrivateJars.copied(jar, Files.write(artefact.resolve(name), FunctionPackage.jar(jar)));
            byName.put(name, jar);
            return;
        }
        var name = jar.getFileName().toString();
        var other = byName.putIfAbsent(name, jar);
        if (other == null) {
            PrivateJars.copy(jar, artefact);
        } else if (Files.mismatch(jar, other) >= 0) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI052",
                    Location.named(jar.toString()),
                    "has the name of another jar that was given, " + other + ", and is not the same",
                    "give one of the two: functions have all jars in one folder"));
        }
    }

    public List<ArtefactLoader> loaders() {
        return List.copyOf(loaders);
    }

    @Override
    public void close() {
        loaders.forEach(ArtefactLoader::close);
        if (copies != null) {
            copies.close();
        }
    }
}
