package dev.baton.cli.plan;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.baton.cli.Call;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// The example as somebody else's project in a repository of its own, with what the example lacks: a constant that
/// javac inlines, a resource, a library, a parameter with a default, and something read besides.
///
/// @param home the folder that the command works for
/// @param project the working copy
record Climate(Path home, Path project, String system) {
    private static final Path WEATHER = Path.of("../../statemachines/weather");
    private static final String PACKAGE = "own/weather/";
    /// What a task reads besides, and by what that counts.
    private static final String RULES = "public List<dev.baton.task.Access> uses() {"
            + " return List.of(dev.baton.task.Access.read(\"s3://climate/rules/\")); }"
            + " public java.util.Map<String, String> identities() {"
            + " return java.util.Map.of(\"rules\", \"s3://climate/rules/VERSION\"); }\n";
    /// A parameter that may be left out.
    private static final String YEAR_LEFT_OUT = "public MonthlyNormals(City city) { this(city, Year.of(2012)); }\n";
    /// The library that the example itself needs.
    private static final Path LIBRARY = Path.of(URI.create(
            CsvReader.class.getProtectionDomain().getCodeSource().getLocation().toString()));

    static Climate in(Path folder, String system) throws IOException, InterruptedException {
        var climate = new Climate(folder.resolve("home"), folder.resolve("project"), system);
        try (var sources = Files.list(WEATHER.resolve("main/java/dev/baton/weather"))) {
            for (var source : sources.toList()) {
                climate.write(
                        PACKAGE + source.getFileName(),
                        Files.readString(source)
                                .replace("dev.baton.weather", "own.weather")
                                .replace("s3://lake/", "s3://climate/")
                                .replace("Pipeline.of(\"weather\"", "Pipeline.of(\"climate\""));
            }
        }
        climate.write(PACKAGE + "Limit.java", "package own.weather; final class Limit { static final int MOST = 10; }");
        climate.write(PACKAGE + "style.css", "body {}");
        climate.edit(
                "Extremes",
                text -> text.replace(
                        "IOException {",
                        "IOException { java.util.Objects.checkIndex(0, Limit.MOST); units.Units.check();"));
        climate.edit("MonthlyNormals", text -> text.replaceFirst("\\{\n", "{\n" + RULES + YEAR_LEFT_OUT));
        climate.edit(
                "WeatherReport",
                text -> text.replace(
                        "@Intent", "@dev.baton.task.Reaches(resources = \"own/weather/style.css\") @Intent"));
        climate.write("META-INF/services/dev.baton.task.PipelineProvider", "own.weather.Weather\n");
        Files.writeString(climate.project.resolve(system.equals("hg") ? ".hgignore" : ".gitignore"), "target\n");
        climate.library("1.0", "");
        climate.call(system, "init", "-q");
        climate.build();
        climate.upload();
        return climate;
    }

    /// The example's uploads of 2012.
    private void upload() throws IOException {
        for (var city : List.of("seattle", "new-york")) {
            var to = data(city);
            Files.createDirectories(to.getParent());
            Files.copy(WEATHER.resolve("data").resolve(city).resolve("2012.csv"), to);
        }
        Files.createDirectories(rules().getParent());
        Files.writeString(rules(), "1");
    }

    /// What identifies that which a task reads besides.
    Path rules() {
        return home.resolve("statemachines/climate/data/rules/VERSION");
    }

    Path data(String city) {
        return home.resolve("statemachines/climate/data").resolve(city).resolve("2012.csv");
    }

    /// A copy of all of it, with what runs have made.
    Climate copy(Path folder) throws IOException {
        copy(home, folder.resolve("home"));
        copy(project, folder.resolve("project"));
        return new Climate(folder.resolve("home"), folder.resolve("project"), system);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    void edit(String type, UnaryOperator<String> change) throws IOException {
        var file = source(PACKAGE + type + ".java");
        var before = Files.readString(file);
        var after = change.apply(before);
        if (after.equals(before)) {
            throw new AssertionError("the edit of " + type + " changes nothing");
        }
        Files.writeString(file, after);
    }

    void write(String name, String content) throws IOException {
        var file = source(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void rename(String type, String other) throws IOException {
        Files.move(source(PACKAGE + type + ".java"), source(PACKAGE + other + ".java"));
        try (var sources = Files.list(source(PACKAGE))) {
            for (var file :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                Files.writeString(file, Files.readString(file).replaceAll("\\b" + type + "\\b", other));
            }
        }
    }

    private Path source(String name) {
        return project.resolve("src").resolve(name);
    }

    /// The library in a version, the only one that is there.
    void library(String version, String statement) throws IOException {
        var folder = project.resolve("lib-src");
        Files.createDirectories(folder);
        var source = Files.writeString(
                folder.resolve("Units.java"),
                "package units; public final class Units { public static void check() { " + statement + " } }");
        var classes = Files.createDirectories(project.resolve("target/units"));
        compile(classes, List.of(source), System.getProperty("java.class.path"));
        Files.createDirectories(project.resolve("target/lib"));
        try (var old = Files.list(project.resolve("target/lib"))) {
            for (var jar : old.toList()) {
                Files.delete(jar);
            }
        }
        pack(project.resolve("target/lib/units-" + version + ".jar"), classes);
    }

    /// Commits all and builds the jar.
    void build() throws IOException, InterruptedException {
        if (system.equals("hg")) {
            call("hg", "addremove", "-q");
            call("hg", "commit", "-q", "-u", "a <a@example.org>", "-m", "a change");
        } else {
            call("git", "add", "-A");
            call(
                    "git",
                    "-c",
                    "user.name=a",
                    "-c",
                    "user.email=a@example.org",
                    "commit",
                    "-q",
                    "--allow-empty",
                    "-m",
                    "a change");
        }
        var classes = project.resolve("target/classes");
        if (Files.isDirectory(classes)) {
            try (var old = Files.walk(classes)) {
                for (var file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(classes);
        var sources = new ArrayList<Path>();
        try (var all = Files.walk(project.resolve("src"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                } else {
                    var to = classes.resolve(
                            project.resolve("src").relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        compile(
                classes,
                sources,
                project.resolve("target/units") + File.pathSeparator + System.getProperty("java.class.path"));
        pack(project.resolve("target/climate.jar"), classes);
    }

    private static void compile(Path classes, List<Path> sources, String classPath) {
        var words = new ArrayList<>(
                List.of("-d", classes.toString(), "-cp", classPath, "--release", "21", "-proc:none", "-nowarn"));
        sources.forEach(source -> words.add(source.toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) != 0) {
            throw new AssertionError("the sources do not compile");
        }
    }

    private static void pack(Path jar, Path classes) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var inside = Files.walk(classes)) {
            for (var file : inside.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private void call(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().put("HGPLAIN", "1");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", words) + ": " + said);
        }
    }

    /// Calls the command about the project's pipeline.
    Call baton(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--jar", project.resolve("target/climate.jar").toString()));
        all.addAll(List.of("--jar", project.resolve("target/lib").toString()));
        all.addAll(List.of("--jar", LIBRARY.toString()));
        return Call.in(home, all.toArray(String[]::new));
    }
}
