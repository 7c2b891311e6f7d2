package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Pipeline;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// A build of an author's whose jar turned out otherwise than its sources: without a class, or with a newer one.
final class Build {
    private static final String HEAD = """
            package %s;
            import dev.baton.task.*;
            import java.util.*;
            import java.time.Year;
            """;

    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private Set<String> left = Set.of();
    private Set<String> newer = Set.of();
    private String entry = "own.Provider\n";

    /// @param folder emptied by nobody
    Build(Path folder) {
        this.folder = folder;
        type("own.Provider", """
                public final class Provider implements PipelineProvider {
                    public List<Pipeline> pipelines() { return List.of(Pipeline.of("own", Sum.class)); }
                }
                """);
        type("own.Sum", """
                @Intent("The sum of a year") public record Sum(Year year) implements Task {
                    public List<Task> requires() { return List.of(); }
                    public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                    public void run(TaskRun run) {}
                }
                """);
    }

    /// @param name of the class, with its package
    Build type(String name, String source) {
        var dot = name.lastIndexOf('.');
        sources.put(name.replace('.', '/') + ".java", HEAD.formatted(name.substring(0, dot)) + source);
        return this;
    }

    /// A task whose code is this.
    Build run(String statements) {
        return type("own.Sum", """
                @Intent("The sum of a year") public record Sum(Year year) implements Task {
                    public List<Task> requires() { return List.of(); }
                    public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                    public void run(TaskRun run) { %s }
                }
                """.formatted(statements));
    }

    Build without(String... classes) {
        left = Set.of(classes);
        return this;
    }

    Build newer(String... classes) {
        newer = Set.of(classes);
        return this;
    }

    Build entry(String lines) {
        entry = lines;
        return this;
    }

    /// What is found in it, each as code, place and message with its remedy.
    List<String> findings() throws IOException {
        try (var loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, Build.class.getClassLoader())) {
            return PipelineSearch.in(List.of(loader)).stream()
                    .flatMap(pipeline -> told(CheckedGraph.of(pipeline).findings()).stream())
                    .toList();
        } catch (DiagnosticException e) {
            return told(e.diagnostics());
        }
    }

    private static List<String> told(List<Diagnostic> findings) {
        return findings.stream()
                .filter(Diagnostic::isError)
                .map(finding ->
                        finding.code() + " " + finding.location() + ": " + finding.message() + " | " + finding.remedy())
                .toList();
    }

    Path jar() throws IOException {
        var build = Files.createTempDirectory(folder, "build");
        var classes = Files.createDirectories(build.resolve("classes"));
        var words = new ArrayList<>(List.of(
                "-d",
                classes.toString(),
                "-cp",
                path(Pipeline.class) + File.pathSeparator + path(Diagnostic.class),
                "-proc:none",
                "--release",
                "21"));
        for (var source : sources.entrySet()) {
            var file = build.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            words.add(Files.writeString(file, source.getValue()).toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) != 0) {
            throw new AssertionError("the sources do not compile");
        }
        return pack(classes, build.resolve("shop.jar"));
    }

    private static String path(Class<?> type) {
        return Path.of(URI.create(
                        Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                                .getLocation()
                                .toString()))
                .toString();
    }

    private Path pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var inside = Files.walk(classes)) {
            for (var file : inside.filter(Files::isRegularFile).sorted().toList()) {
                var name = classes.relativize(file).toString().replace('\\', '/');
                var type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
                if (!left.contains(type)) {
                    var bytes = Files.readAllBytes(file);
                    if (newer.contains(type)) {
                        bytes[7] = 99;
                    }
                    out.putNextEntry(new JarEntry(name));
                    out.write(bytes);
                }
            }
            out.putNextEntry(new JarEntry("META-INF/services/dev.baton.task.PipelineProvider"));
            out.write(entry.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
