package dev.baton.cdk;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Any number of pipelines, each with an upload and so many classes of tasks, that write to places of their own: the
/// classes are the same for all, and ask while they are compiled which pipeline they are of.
public final class ManyPipelines {
    private static final int GROUP = 7;
    private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "p000");

    /// The template of an output of the pipeline that is being compiled, by a name.
    public static final UnaryOperator<String> PLACE = name -> "s3://lake/" + CURRENT.get() + "/" + name + "/{year}.csv";

    private final Class<?> root;

    /// @param folder for class files
    /// @param classes of each pipeline
    ManyPipelines(Path folder, int classes) {
        try {
            var source = Files.writeString(Files.createDirectories(folder).resolve("Many.java"), source(classes));
            var failed = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            "21",
                            "-proc:none",
                            "-parameters",
                            "-d",
                            folder.toString(),
                            "-cp",
                            path(Task.class) + System.getProperty("path.separator") + path(ManyPipelines.class),
                            source.toString());
            if (failed != 0) {
                throw new AssertionError("the pipelines do not compile");
            }
            var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ManyPipelines.class.getClassLoader());
            root = loader.loadClass("many.Many$Task" + classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Path path(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /// The pipelines of some numbers, `p000` to `p999`, compiled.
    ///
    /// @param end the number after the last
    Stream<CompiledPipeline> compiled(int from, int end) {
        return IntStream.range(from, end).mapToObj(number -> compiled("p%03d".formatted(number)));
    }

    @SuppressWarnings("unchecked")
    private <R extends Record & Task> CompiledPipeline compiled(String name) {
        CURRENT.set(name);
        try {
            return Compiler.compile(Pipeline.of(name, (Class<R>) root));
        } finally {
            CURRENT.remove();
        }
    }

    private static String source(int classes) {
        var tasks = IntStream.rangeClosed(1, classes)
                .mapToObj(i -> """
                            @Intent("One of many")
                            public record Task%1$d(Year year) implements Task {
                                public List<Task> requires() { return List.of(%2$s); }
                                public Target output() {
                                    return S3Target.at(dev.baton.cdk.ManyPipelines.PLACE.apply("task%1$d"), this);
                                }
                                public void run(TaskRun run) {}
                            }
                        """.formatted(i, inputs(i, classes)))
                .collect(Collectors.joining());
        return """
                package many;
                import dev.baton.task.*;
                import java.time.Year;
                import java.util.List;
                public final class Many {
                    @Intent("A file that somebody uploads")
                    public record Upload(Year year) implements ExternalTask {
                        public Target output() {
                            return S3Target.at(dev.baton.cdk.ManyPipelines.PLACE.apply("landing"), this);
                        }
                    }
                %s}
                """.formatted(tasks);
    }

    /// Six read the upload, the seventh reads these six, and the last reads every seventh.
    private static String inputs(int task, int classes) {
        var read = IntStream.range(1, task)
                .filter(other -> task == classes
                        ? other % GROUP == 0 || other > classes / GROUP * GROUP
                        : task % GROUP == 0 && other > task - GROUP)
                .mapToObj("new Task%d(year)"::formatted)
                .collect(Collectors.joining(", "));
        return read.isEmpty() ? "new Upload(year)" : read;
    }
}
