package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.command.PipelineChoice;
import dev.baton.compiler.artefact.ArtefactLoader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// Jars of somebody's own, given to the command: what is taken of them, and what becomes of a task that ends badly.
class OwnJarTest {
    private static final String HEAD = """
            package own;

            import dev.baton.task.*;
            import java.io.IOException;
            import java.util.List;

            """;

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void home() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Path jar(String name, Map<String, String> more) throws IOException {
        var sources = new HashMap<String, String>();
        sources.put("Number", HEAD + """
                @Intent("A number, as it came") public record Number(@Pattern(samples = {"a", "b"}) String name)
                        implements ExternalTask {
                    public Target output() { return S3Target.at("s3://shop/raw/{name}.txt", this); }
                }
                """);
        sources.put("Shop", HEAD + """
                public final class Shop implements PipelineProvider {
                    public List<Pipeline> pipelines() { return List.of(Pipeline.of("shop", Sum.class)); }
                }
                """);
        more.forEach((type, source) -> sources.put(type, HEAD + source));
        return SourceJar.of(Files.createDirectory(folder.resolve(name)), "Shop", sources);
    }

    private static String sum(String statements) {
        return """
                @Intent("A sum") @Retries(value = 1, intervalSeconds = 1)
                public record Sum(@Pattern(samples = {"a", "b"}) String name) implements Task {
                    public List<Number> requires() { return List.of(new Number(name)); }
                    public Target output() { return S3Target.at("s3://shop/sums/{name}.txt", this); }
                    public void run(TaskRun run) throws IOException {
                        %s
                        run.output().text("done");
                    }
                }
                """.formatted(statements);
    }

    private Call run(Path jars) throws IOException {
        var data = Files.createDirectories(folder.resolve("data/raw"));
        Files.writeString(data.resolve("a.txt"), "1");
        var uploads = data.getParent().toString();
        return Call.in(home, "run", "shop", "--jar", jars.toString(), "--data", uploads, "--name", "a");
    }

    @Test
    void a_task_that_ends_the_jvm_ends_itself_and_not_the_run_with_success() throws IOException {
        var call = run(jar("exits", Map.of("Sum", sum("if (run != null) { System.exit(0); }"))));

        assertThat(call.exit()).as(call.out() + call.err()).isEqualTo(1);
        assertThat(call.out() + call.err())
                .contains("Runtime.ExitError", "Runtime exited without providing a reason")
                .contains("return from run() where all went well")
                .doesNotContain("\tat ");
    }

    @Test
    void code_that_does_not_link_is_not_tried_again() throws IOException {
        var call = run(jar("links", Map.of("Sum", sum("""
                if (run != null) { throw new NoSuchMethodError("'void own.Csv.read()'"); }
                """))));

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out() + call.err())
                .contains("dev.baton.task.LinkageFailure", "java.lang.NoSuchMethodError: 'void own.Csv.read()'")
                .doesNotContain("retries")
                .doesNotContain("\tat ");
    }

    @Test
    void every_jar_of_a_folder_is_taken_and_so_is_a_folder_of_classes() throws IOException {
        var jar = jar("whole", Map.of("Sum", sum("")));
        var jars = Files.createDirectory(folder.resolve("jars"));
        Files.copy(jar, jars.resolve("shop.jar"));
        Files.writeString(jars.resolve("shop-sources.jar"), "not read");
        Files.writeString(jars.resolve("notes.txt"), "not read");
        assertThat(Call.in(home, "graph", "shop", "--jar", jars.toString()).exit())
                .isZero();

        var classes = jar.resolveSibling("classes");
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(classes.resolve("META-INF/services/dev.baton.task.PipelineProvider"), "own.Shop\n");
        assertThat(Call.in(home, "graph", "shop", "--jar", classes.toString()).exit())
                .isZero();
    }

    @Test
    void what_holds_no_pipelines_is_told() throws IOException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Call.in(home, "graph", "shop", "--jar", empty.toString()).err())
                .startsWith("error CLI051 at " + empty);
        var one = jar("one", Map.of("Sum", sum("")));
        var other = jar("other", Map.of("Sum", sum("run.output();")));
        assertThat(Call.in(home, "graph", "shop", "--jar", one.toString(), "--jar", other.toString())
                        .err())
                .startsWith("error CLI052 at " + other);
        assertThat(Call.in(home, "graph", "shop", "--jar", one.toString(), "--jar", one.toString())
                        .exit())
                .as("one jar, given twice")
                .isZero();
        var half = Files.write(folder.resolve("half.jar"), new byte[] {'P', 'K', 3, 4});
        assertThat(Call.in(home, "graph", "shop", "--jar", half.toString()).err())
                .startsWith("error CLI029 at " + half);
    }

    @Test
    void a_jar_that_is_deleted_after_the_start_is_still_read_whole() throws Exception {
        var jar = jar("deleted", Map.of("Sum", sum("")));
        var before = System.getProperty("baton.home");
        System.setProperty("baton.home", home.toString());
        try (var choice = new PipelineChoice()) {
            new CommandLine(CommandSpec.create().addMixin("pipelines", CommandSpec.forAnnotatedObject(choice)))
                    .parseArgs("--jar", jar.toString());
            var pipeline = choice.named("shop");
            Files.write(jar, new byte[] {1});
            assertThat(pipeline.root().getClassLoader()).isInstanceOf(ArtefactLoader.class);
            assertThat(choice.compiled("shop").functions()).isNotEmpty();
        } finally {
            if (before == null) {
                System.clearProperty("baton.home");
            } else {
                System.setProperty("baton.home", before);
            }
        }
        assertThat(inside(home.resolve(".baton/jars"))).as("of the copies").isEmpty();
    }

    @Test
    void copies_that_a_killed_command_left_go_at_the_next_and_those_of_a_running_one_stay() throws IOException {
        var parent = Files.createDirectories(home.resolve(".baton/jars"));
        Files.createFile(parent.resolve("killed.lock"));
        Files.writeString(Files.createDirectories(parent.resolve("killed/0")).resolve("shop.jar"), "left");
        Files.createDirectory(parent.resolve("running"));
        try (var running = FileChannel.open(
                parent.resolve("running.lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(running.tryLock()).isNotNull();
            var jar = jar("next", Map.of("Sum", sum("")));
            assertThat(Call.in(home, "graph", "shop", "--jar", jar.toString()).exit())
                    .isZero();
            assertThat(inside(parent)).containsExactly("running", "running.lock");
        }
    }

    private static List<String> inside(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_a_provider_throws_is_a_finding_of_every_command() throws IOException {
        var jar = jar("failing", Map.of("Sum", sum(""), "Shop", """
                public final class Shop implements PipelineProvider {
                    public Shop() { throw new AssertionError("not here"); }
                    public List<Pipeline> pipelines() { return List.of(); }
                }
                """));
        for (var words : List.of(
                List.of("run", "shop"),
                List.of("synth", "shop"),
                List.of("access", "shop"),
                List.of("graph", "shop"),
                List.of("local", "--port", "0"))) {
            var call = Call.in(home, with(words, jar));
            assertThat(call.exit()).as(words.getFirst()).isEqualTo(1);
            assertThat(call.err())
                    .startsWith("error TSK072 at own.jar\n  the constructor of own.Shop failed:"
                            + " java.lang.AssertionError: not here, at own.Shop.<init>(Shop.java:");
        }
    }

    static String[] with(List<String> words, Path jar) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("--jar", jar.toString()));
        return all.toArray(String[]::new);
    }
}
