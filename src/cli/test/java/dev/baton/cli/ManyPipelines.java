package dev.baton.cli;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import dev.baton.task.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Any number of pipelines, made in memory, each with an upload and so many classes of tasks of its own: one is written
/// and compiled, the others are the same class files with another name in their constants.
final class ManyPipelines {
    private static final String PACKAGE = "p000";
    private static final int GROUP = 7;
    private static final int MAGIC_AND_VERSION = 8;

    private final Map<String, byte[]> template = new HashMap<>();
    private final Path folder;

    /// @param folder for class files
    /// @param classes of each pipeline
    ManyPipelines(Path folder, int classes) throws IOException {
        this.folder = folder;
        var source = Files.writeString(Files.createDirectories(folder).resolve("Root.java"), source(classes));
        var failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-proc:none", "-d", folder.toString(), "-cp",
                        api().toString(), source.toString());
        if (failed != 0) {
            throw new AssertionError("the pipelines do not compile");
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                template.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /// Where the authors' API is. Surefire's class path names a jar that names it.
    private static Path api() {
        try {
            return Path.of(Task.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String source(int classes) {
        var text = new StringBuilder("""
                package many.p000;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.*;
                public class Root implements PipelineProvider {
                    @Override public List<Pipeline> pipelines() { return List.of(Pipeline.of("p000", Task%d.class)); }
                }
                @Intent("A file that somebody uploads")
                record Upload(Year year) implements ExternalTask {
                    @Override public Target output() { return S3Target.at("s3://lake/p000/landing/{year}.csv", this); }
                }
                """.formatted(classes));
        for (var i = 1; i <= classes; i++) {
            var inputs = inputs(i, classes);
            text.append("""
                    @Intent("One of many")
                    record Task%1$d(Year year) implements Task {
                        @Override public List<Task> requires() { return List.of(%2$s); }
                        @Override public Target output() {
                            return S3Target.at("s3://lake/p000/task%1$d/{year}.csv", this);
                        }
                        @Override public void run(TaskRun run) throws IOException {
                            try (var out = run.output().stream()) {
                                %3$s
                                out.write(%1$d);
                            }
                        }
                    }
                    """
                    .formatted(
                            i,
                            String.join(", ", inputs),
                            inputs.stream()
                                    .map("try (var in = run.input(%s).stream()) { in.transferTo(out); }"::formatted)
                                    .collect(Collectors.joining(" "))));
        }
        return text.toString();
    }

    /// Six read the upload, the seventh reads these six, and the last reads every seventh.
    private static List<String> inputs(int task, int classes) {
        var seventh = task % GROUP == 0;
        var read = IntStream.range(1, task)
                .filter(other -> task == classes
                        ? other % GROUP == 0 || other > classes / GROUP * GROUP
                        : seventh && other > task - GROUP)
                .mapToObj("new Task%d(year)"::formatted)
                .toList();
        return read.isEmpty() ? List.of("new Upload(year)") : read;
    }

    /// The pipelines `p000`, `p001` and so on.
    List<Pipeline> first(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "p%03d".formatted(number))
                .map(this::pipeline)
                .toList();
    }

    /// One by the name of four characters, in a folder and a class loader of its own.
    private Pipeline pipeline(String name) {
        var root = folder.resolve("of").resolve(name);
        try {
            for (var file : template.entrySet()) {
                var renamed = root.resolve(file.getKey().replace(PACKAGE, name));
                Files.createDirectories(renamed.getParent());
                Files.write(renamed, renamed(file.getValue(), name));
            }
            var services = Files.createDirectories(root.resolve("META-INF/services"));
            Files.writeString(services.resolve(PipelineProvider.class.getName()), "many." + name + ".Root");
            var loader = new Own(root.toUri().toURL());
            var provider = loader.loadClass("many." + name + ".Root").getConstructor().newInstance();
            return ((PipelineProvider) provider).pipelines().getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /// The class file with another name wherever the first one stands in a constant.
    private static byte[] renamed(byte[] file, String name) {
        var bytes = new ByteArrayOutputStream();
        try (var in = new DataInputStream(new ByteArrayInputStream(file));
                var out = new DataOutputStream(bytes)) {
            out.write(in.readNBytes(MAGIC_AND_VERSION));
            var constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (var i = 1; i < constants; i++) {
                var tag = in.readUnsignedByte();
                out.writeByte(tag);
                switch (tag) {
                    case 1 -> out.writeUTF(in.readUTF().replace(PACKAGE, name));
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> out.writeInt(in.readInt());
                    case 5, 6 -> {
                        out.writeLong(in.readLong());
                        i++;
                    }
                    case 7, 8, 16, 19, 20 -> out.writeShort(in.readUnsignedShort());
                    case 15 -> {
                        out.writeByte(in.readUnsignedByte());
                        out.writeShort(in.readUnsignedShort());
                    }
                    default -> throw new AssertionError("no constant has the tag " + tag);
                }
            }
            in.transferTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /// It looks among its own first: on the class path every jar would be asked for every class.
    private static final class Own extends URLClassLoader {
        Own(URL folder) {
            super(new URL[] {folder}, ManyPipelines.class.getClassLoader());
        }

        @Override
        public @Nullable URL getResource(String name) {
            var own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }
    }
}
