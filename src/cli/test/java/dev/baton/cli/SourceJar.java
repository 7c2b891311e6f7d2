package dev.baton.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// A jar of somebody's own pipeline, compiled from source as their build would.
public final class SourceJar {
    private SourceJar() {}

    /// @param folder for the jar and what it is made of, emptied by nobody
    /// @param provider the class that the service entry names
    /// @param sources by the simple name of the class, all in the package `own`
    public static Path of(Path folder, String provider, Map<String, String> sources) throws IOException {
        var files = new ArrayList<String>();
        for (var source : sources.entrySet()) {
            var file = folder.resolve("own").resolve(source.getKey() + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()).toString());
        }
        var classes = Files.createDirectories(folder.resolve("classes"));
        var words = new ArrayList<>(List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--release",
                "21",
                "-parameters"));
        words.addAll(files);
        var compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
        if (compiled != 0) {
            throw new AssertionError("the sources do not compile");
        }
        var jar = folder.resolve("own.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var inside = Files.walk(classes)) {
            for (var file : inside.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
            out.putNextEntry(new JarEntry("META-INF/services/dev.baton.task.PipelineProvider"));
            out.write(("own." + provider + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
