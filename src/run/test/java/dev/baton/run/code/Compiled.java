package dev.baton.run.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/// Sources of somebody's tasks, compiled and loaded.
record Compiled(Path folder) {
    /// What is asked of the classes.
    interface Question<T> {
        T of(ClassLoader loader) throws Exception;
    }

    /// @param sources by path; what is not a `.java` is a resource
    /// @param options of the compiler
    <T> T of(Map<String, String> sources, List<String> options, Question<T> question) throws Exception {
        var build = Files.createTempDirectory(folder, "build");
        var classes = Files.createDirectories(build.resolve("classes"));
        var files = new ArrayList<Path>();
        for (var source : sources.entrySet()) {
            var isJava = source.getKey().endsWith(".java");
            var file = (isJava ? build.resolve("src") : classes).resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            if (isJava) {
                files.add(file);
            }
        }
        compile(files, classes, options);
        var url = URI.create(classes.toUri().toString()).toURL();
        try (var loader = new URLClassLoader(new URL[] {url}, Compiled.class.getClassLoader())) {
            return question.of(loader);
        }
    }

    private static void compile(List<Path> files, Path classes, List<String> options) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var all = new ArrayList<>(List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
            all.addAll(options);
            assertThat(compiler.getTask(null, manager, null, all, null, manager.getJavaFileObjectsFromPaths(files))
                            .call())
                    .isTrue();
        }
    }
}
