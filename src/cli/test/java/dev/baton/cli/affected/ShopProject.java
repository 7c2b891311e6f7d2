package dev.baton.cli.affected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.cli.Call;
import dev.baton.cli.SourceJar;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Somebody's project in a real repository of Git or Mercurial, whose build lays out a jar: an upload is tidied,
/// counted and summed.
///
/// @param root the project's folder, and the command's
public record ShopProject(Path root, String system) {
    public static final String BUILD = "sh build.sh";

    private static final String HEAD = """
            package own;

            import dev.baton.task.*;
            import java.io.IOException;
            import java.util.List;
import java.util.Locale;

            """;

    /// An empty one; the test is skipped where the system is not installed.
    public static ShopProject in(Path root, String system) throws IOException, InterruptedException {
        assumeTrue(isInstalled(system), system + " is not installed");
        var project = new ShopProject(Files.createDirectories(root).toRealPath(), system);
        project.call(system, "init", "-q");
        project.write(system.equals("git") ? ".gitignore" : ".hgignore", "target\n.baton\n");
        project.write("build.sh", "mkdir -p target && cp prebuilt/own.jar target/shop.jar\n");
        return project;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    public ShopProject write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
        return this;
    }

    /// Another code, not committed: the helper of one task says another word, and what is given replaces a task's.
    ///
    /// @return the jar
    public Path code(String word, Map<String, String> more) throws IOException {
        var sources = new HashMap<>(Map.of(
                "Shop",
                """
                public final class Shop implements PipelineProvider {
                    public List<Pipeline> pipelines() { return List.of(Pipeline.of("shop", Sum.class)); }
                }
                """,
                "Number",
                """
                @Intent("A number, as it came") public record Number(@Pattern(samples = {"a", "b"}) String name)
                        implements ExternalTask {
                    public Target output() { return S3Target.at("s3://shop/raw/{name}.txt", this); }
                }
                """,
                "Words",
                "final class Words { static String word() { return \"" + word + "\"; } }",
                "Tidy",
                task("Tidy", "Number", "Words.word()"),
                "Tally",
                task("Tally", "Number", "\"tally\""),
                "Sum",
                task("Sum", "Tidy", "\"sum\"")
                        .replace("List<Tidy>", "List<Task>")
                        .replace("new Tidy(name)", "new Tidy(name), new Tally(name)")));
        sources.putAll(more);
        sources.replaceAll((type, source) -> HEAD + source);
        var folder = Files.createTempDirectory(root.getParent(), "code");
        var jar = SourceJar.of(folder, "Shop", sources);
        Files.createDirectories(root.resolve("prebuilt"));
        return Files.copy(jar, root.resolve("prebuilt/own.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    public static String task(String name, String required, String text) {
        return """
                @Intent("A task of the shop")
                public record %1$s(@Pattern(samples = {"a", "b"}) String name) implements Task {
                    public List<%2$s> requires() { return List.of(new %2$s(name)); }
                    public Target output() { return S3Target.at("s3://shop/%3$s/{name}.txt", this); }
                    public void run(TaskRun run) throws IOException { run.output().text(%4$s); }
                }
                """.formatted(name, required, name.toLowerCase(Locale.ROOT), text);
    }

    /// The build's jar of what is there.
    public Path build() throws IOException {
        Files.createDirectories(root.resolve("target"));
        return Files.copy(
                root.resolve("prebuilt/own.jar"), root.resolve("target/shop.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Commits all.
    ///
    /// @return the id
    public String commit(String message) throws IOException, InterruptedException {
        if (system.equals("hg")) {
            call("hg", "commit", "-q", "--addremove", "-u", "Ada <ada@example.org>", "-m", message);
            return call("hg", "log", "-r", ".", "-T", "{node}");
        }
        call("git", "add", "-A");
        call(
                "git",
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
                "-c",
                "commit.gpgSign=false",
                "commit",
                "-q",
                "-m",
                message);
        return call("git", "rev-parse", "HEAD");
    }

    /// Calls a program in the project's folder.
    public String call(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("HG"));
        builder.environment().put("HGPLAIN", "1");
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", words) + ": " + said).isZero();
        return said.strip();
    }

    /// Calls `baton affected` with the project's build.
    public Call affected(String... words) {
        var all = new ArrayList<>(List.of("affected"));
        all.addAll(List.of(words));
        all.addAll(List.of("--build", BUILD));
        return Call.in(root, all.toArray(String[]::new));
    }
}
