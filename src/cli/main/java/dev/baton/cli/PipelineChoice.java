package dev.baton.cli;

import static java.util.stream.Collectors.joining;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import picocli.CommandLine.Option;

/// Which pipelines a command knows: those on the class path, and those of `--jar`.
final class PipelineChoice {
    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "a jar with pipelines of your own, and the jars that it needs; may be given several times")
    private List<Path> jars = new ArrayList<>();

    List<Pipeline> all() {
        return Pipeline.found(loader());
    }

    /// @throws DiagnosticException CLI001 when there is none of that name
    Pipeline named(String name) {
        var all = all();
        return all.stream()
                .filter(pipeline -> pipeline.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    var known = all.stream().map(Pipeline::name).collect(joining(", "));
                    return new DiagnosticException(Diagnostic.error(
                            "CLI001",
                            Location.named(name),
                            "there is no pipeline of this name; there " + (all.size() == 1 ? "is " : "are ")
                                    + (known.isEmpty() ? "none" : known),
                            "name one of these, or give the jar that has it with --jar"));
                });
    }

    private ClassLoader loader() {
        if (jars.isEmpty()) {
            return getClass().getClassLoader();
        }
        var urls = jars.stream().map(PipelineChoice::url).toArray(URL[]::new);
        return new URLClassLoader(urls, getClass().getClassLoader());
    }

    private static URL url(Path jar) {
        InputFiles.require(jar);
        try {
            // Java passes over what it cannot open on a class path, and the pipeline would be missing without a word.
            new ZipFile(jar.toFile()).close();
        } catch (IOException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI029",
                    Location.named(jar.toString()),
                    "is not a jar: " + e.getMessage(),
                    "give the jar that your build makes, such as target/shop.jar"));
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
