package dev.baton.lambda.simulation;

import dev.baton.lambda.simulation.Shape.Kind;
import dev.baton.lambda.simulation.Shape.Knot;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/// Random pipelines as Java, compiled: records like an author's.
final class Sources {
    private static final String PACKAGE = "simulated";

    private Sources() {}

    /// The classes of all shapes, with their service entry.
    ///
    /// @param folder empty
    static ClassLoader compiled(List<Shape> shapes, Path folder) throws IOException {
        var files = new ArrayList<Path>();
        var sources = Files.createDirectories(folder.resolve("java"));
        for (var shape : shapes) {
            files.add(Files.writeString(sources.resolve(type(shape) + ".java"), source(shape)));
        }
        files.add(Files.writeString(sources.resolve("All.java"), provider(shapes)));
        var classes = Files.createDirectories(folder.resolve("classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var done = compiler.getTask(
                            null,
                            manager,
                            null,
                            List.of("-d", classes.toString(), "--release", "21", "-parameters", "-proc:none"),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!done) {
                throw new IllegalStateException("the pipelines under " + sources + " do not compile");
            }
        }
        var services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.baton.task.PipelineProvider"), PACKAGE + ".All\n");
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Sources.class.getClassLoader());
    }

    private static String type(Shape shape) {
        return shape.name().toUpperCase(Locale.ROOT);
    }

    private static String provider(List<Shape> shapes) {
        var all = shapes.stream()
                .map(shape -> "Pipeline.of(\"" + shape.name() + "\", " + type(shape) + ".Root.class)")
                .collect(Collectors.joining(",\n            "));
        return """
                package %s;

                import dev.baton.task.Pipeline;
                import java.util.List;

                public final class All implements dev.baton.task.PipelineProvider {
                    public List<Pipeline> pipelines() {
                        return List.of(
                            %s);
                    }
                }
                """.formatted(PACKAGE, all);
    }

    private static String source(Shape shape) {
        var records = shape.knots().stream()
                .map(knot -> knot.kind() == Kind.EXPANDING ? expanding(shape, knot) : plain(shape, knot))
                .collect(Collectors.joining("\n"));
        return """
                package %s;

                import dev.baton.lambda.simulation.Deeds;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.util.*;
                import java.util.stream.*;

                public final class %s {
                    public enum Region { %s }

                %s
                }
                """.formatted(
                        PACKAGE, type(shape), String.join(", ", Shape.REGIONS.subList(0, shape.regions())), records);
    }

    private static String plain(Shape shape, Knot knot) {
        var template = switch (knot.kind()) {
            case SHARED_UPLOAD -> "all.txt";
            case UPLOAD, TASK, EXPANDING -> "{year}.txt";
            case REGIONAL_UPLOAD, REGIONAL -> "{region}/{year}.txt";
        };
        return """
                    @Intent("%s")
                    public record %s(%s) implements %s {
                %s
                        public Target output() {
                            return S3Target.at("s3://lake/%s/%s/%s", this);
                        }
                    }
                """.formatted(
                        knot.name(),
                        knot.name(),
                        components(knot.kind()),
                        knot.kind().isUpload() ? "ExternalTask" : "Task",
                        knot.kind().isUpload() ? "" : requires(shape, knot) + RUN,
                        shape.name(),
                        knot.name().toLowerCase(Locale.ROOT),
                        template);
    }

    private static final String RUN = """
                        public void run(TaskRun run) throws IOException {
                            Deeds.does(this, run);
                        }

                """;

    private static String components(Kind kind) {
        return switch (kind) {
            case SHARED_UPLOAD -> "";
            case UPLOAD, TASK, EXPANDING -> "int year";
            case REGIONAL_UPLOAD, REGIONAL -> "Region region, int year";
        };
    }

    private static String requires(Shape shape, Knot knot) {
        var all = knot.requires().stream()
                .map(i -> "all.addAll(" + required(shape.knots().get(i), knot.kind().isRegional()) + ");")
                .collect(Collectors.joining("\n            "));
        return """
                        public List<Task> requires() {
                            List<Task> all = new ArrayList<>();
                            %s
                            return all;
                        }

                """.formatted(all);
    }

    private static String required(Knot knot, boolean sameRegion) {
        return switch (knot.kind()) {
            case SHARED_UPLOAD -> "List.of(new " + knot.name() + "())";
            case UPLOAD, TASK, EXPANDING -> "List.of(new " + knot.name() + "(year))";
            case REGIONAL_UPLOAD, REGIONAL -> sameRegion
                    ? "List.of(new " + knot.name() + "(region, year))"
                    : "Arrays.stream(Region.values()).map(region -> new " + knot.name() + "(region, year)).toList()";
        };
    }

    private static String expanding(Shape shape, Knot knot) {
        var item = "I" + knot.name().substring(1);
        return """
                    @Intent("%2$s")
                    public record %2$s(int year) implements ExpandingTask<%3$s> {
                        private X0 names() {
                            return new X0(year);
                        }

                        public List<X0> requires() {
                            return List.of(names());
                        }

                        public Class<%3$s> itemClass() {
                            return %3$s.class;
                        }

                        public Stream<%3$s> expand(TaskRun run) throws IOException {
                            return run.input(names()).text().lines().map(name -> new %3$s(name, year));
                        }

                        public Target output() {
                            return S3Target.at("s3://lake/%1$s/%4$s/{year}.json", this);
                        }
                    }

                    @Intent("%3$s")
                    public record %3$s(@Pattern(samples = {"ada", "bob"}) String name, int year) implements Task {
                        public Target output() {
                            return S3Target.at("s3://lake/%1$s/%4$s-items/{year}/{name}.txt", this);
                        }

                        public void run(TaskRun run) throws IOException {
                            Deeds.does(this, run);
                        }
                    }
                """.formatted(shape.name(), knot.name(), item, knot.name().toLowerCase(Locale.ROOT));
    }
}
