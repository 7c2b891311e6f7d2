package dev.baton.cli.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.cli.Call;
import dev.baton.cli.SourceJar;
import dev.baton.json.Json;
import dev.baton.revision.Author;
import dev.baton.revision.FileChange;
import dev.baton.revision.Revision;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From where it is known what a jar was built from, and what an environment refuses that wants to know.
class ProvenanceTest {
    private static final String ID = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d";

    @TempDir
    private Path folder;

    private static final Revision STAMP = new Revision(
            "hg",
            "9c0d1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b",
            "stable",
            List.of("v1"),
            new Author("Ada", "ada@example.org"),
            Instant.parse("2026-11-30T10:00:00Z"),
            "one",
            List.of(),
            true,
            List.of(new FileChange(FileChange.Kind.MODIFIED, "a")),
            1,
            "");

    private static Path jar(Path at, Map<String, String> entries) throws IOException {
        return jar(at, entries, "");
    }

    private static Path jar(Path at, Map<String, String> entries, String stamp) throws IOException {
        Files.createDirectories(at.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        new TreeMap<>(entries).forEach(manifest.getMainAttributes()::putValue);
        try (var out = new JarOutputStream(Files.newOutputStream(at), manifest)) {
            out.putNextEntry(new JarEntry("something"));
            if (!stamp.isEmpty()) {
                out.putNextEntry(new JarEntry(Stamp.PATH));
                out.write(stamp.getBytes(StandardCharsets.UTF_8));
            }
        }
        return at;
    }

    private SourceRevision said(Map<String, String> entries) throws IOException {
        return Provenance.of(jar(folder.resolve("any.jar"), entries)).revision();
    }

    /// Whether the program is there and did what it was asked.
    private static boolean does(Path at, String... words) throws IOException, InterruptedException {
        try {
            var builder = new ProcessBuilder(words)
                    .directory(at.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void git(Path at, String... words) throws IOException, InterruptedException {
        var all = new String[words.length + 5];
        System.arraycopy(new String[] {"git", "-c", "user.name=A", "-c", "user.email=a@example.org"}, 0, all, 0, 5);
        System.arraycopy(words, 0, all, 5, words.length);
        assertThat(does(at, all)).as(String.join(" ", words)).isTrue();
    }

    @Test
    void a_jar_says_itself_what_it_was_built_from() throws IOException {
        assertThat(said(Map.of("Baton-Revision", ID, "Baton-Branch", "main", "Baton-Dirty", "false")))
                .isEqualTo(new SourceRevision("git", ID, "main", false));
        assertThat(said(Map.of("Baton-Revision", ID, "Baton-Dirty", "true")))
                .isEqualTo(new SourceRevision("git", ID, "", true));
        assertThat(said(Map.of("Baton-Revision", ID)))
                .as("not to know is not to be clean")
                .isEqualTo(new SourceRevision("git", ID, "", true));
        assertThat(said(Map.of("Baton-Revision", ID, "Baton-Dirty", "false", "Baton-System", "hg")))
                .isEqualTo(new SourceRevision("hg", ID, "", false));
        assertThat(said(Map.of("Baton-Revision", "${git.commit.id}", "Baton-Dirty", "false")))
                .as("what no build has replaced")
                .isEqualTo(SourceRevision.UNKNOWN);
        assertThat(said(Map.of())).isEqualTo(SourceRevision.UNKNOWN);
    }

    @Test
    void its_stamp_says_it_before_everything_else() throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        Stamp.write(classes, STAMP);
        var entries = Map.of("Baton-Revision", ID, "Baton-Branch", "main", "Baton-Dirty", "false");
        var jar = jar(folder.resolve("any.jar"), entries, Stamp.text(STAMP));
        var stamped = new SourceRevision("hg", STAMP.id(), "stable", true);

        assertThat(Provenance.of(jar).revision()).isEqualTo(stamped);
        assertThat(Provenance.of(classes).revision()).isEqualTo(stamped);
        assertThat(SourceRevision.STAMP).isEqualTo(Stamp.PATH);
        assertThat(SourceRevision.of(Json.parse(Stamp.text(STAMP))))
                .as("what completion records have is a part of it")
                .isEqualTo(stamped);
    }

    @Test
    void a_stamp_that_cannot_be_read_is_told_and_stops_nothing() throws IOException {
        var provenance = Provenance.of(jar(folder.resolve("any.jar"), Map.of(), "{}"));

        assertThat(provenance.revision()).isEqualTo(SourceRevision.UNKNOWN);
        assertThat(provenance.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("REV009"));
    }

    @Test
    void one_that_lies_where_a_build_puts_it_is_of_the_checkout_around_wherever_the_command_stands()
            throws IOException, InterruptedException {
        assumeTrue(does(folder, "git", "--version"), "git is not installed");
        var project = Files.createDirectories(folder.resolve("checkout/shop"));
        git(folder.resolve("checkout"), "init", "-q", "-b", "trunk");
        Files.writeString(folder.resolve("checkout/.gitignore"), "target/\nbuild/\n");
        Files.writeString(project.resolve("Shop.java"), "class Shop {}\n");
        git(folder.resolve("checkout"), "add", ".");
        git(folder.resolve("checkout"), "commit", "-q", "-m", "one");
        var jar = jar(project.resolve("target/shop.jar"), Map.of());

        var clean = Provenance.of(jar).revision();
        assertThat(clean.system()).isEqualTo("git");
        assertThat(clean.id()).matches("[0-9a-f]{40}");
        assertThat(clean.branch()).isEqualTo("trunk");
        assertThat(clean.dirty()).isFalse();
        assertThat(Provenance.of(jar(project.resolve("build/libs/shop.jar"), Map.of()))
                        .revision())
                .isEqualTo(clean);
        assertThat(Provenance.of(Files.createDirectories(project.resolve("build/classes/java/main")))
                        .revision())
                .isEqualTo(clean);
        assertThat(Provenance.of(jar(project.resolve("bought/shop.jar"), Map.of()))
                        .revision())
                .as("nobody knows who built it")
                .isEqualTo(SourceRevision.UNKNOWN);
        Files.delete(project.resolve("bought/shop.jar"));

        Files.writeString(project.resolve("Till.java"), "class Till {}\n");
        assertThat(Provenance.of(jar).revision())
                .as("a file that nobody has added is built too")
                .isEqualTo(new SourceRevision("git", clean.id(), "trunk", true));
        Files.delete(project.resolve("Till.java"));
        Files.writeString(project.resolve("Shop.java"), "class Shop { int till; }\n");
        assertThat(Provenance.of(jar).revision().dirty()).isTrue();
        git(project, "checkout", "-q", "Shop.java");
        assertThat(Provenance.of(jar).revision()).isEqualTo(clean);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(Provenance.of(jar).revision().dirty())
                .as("it was built before this was committed")
                .isTrue();
    }

    @Test
    void mercurial_is_asked_like_git() throws IOException, InterruptedException {
        assumeTrue(does(folder, "hg", "--version"), "hg is not installed");
        var project = Files.createDirectories(folder.resolve("shop"));
        assertThat(does(project, "hg", "init")).isTrue();
        Files.writeString(project.resolve(".hgignore"), "syntax: glob\ntarget\n");
        var jar = jar(project.resolve("target/shop.jar"), Map.of());
        assertThat(Provenance.of(jar).revision()).as("nothing is committed yet").isEqualTo(SourceRevision.UNKNOWN);
        assertThat(does(project, "hg", "commit", "--addremove", "--user", "a", "--message", "one"))
                .isTrue();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2120-01-01T00:00:00Z")));

        var clean = Provenance.of(jar).revision();
        assertThat(clean.system()).isEqualTo("hg");
        assertThat(clean.id()).matches("[0-9a-f]{40}");
        assertThat(clean.branch()).isEqualTo("default");
        assertThat(clean.dirty()).isFalse();
        Files.writeString(project.resolve("Till.java"), "class Till {}\n");
        assertThat(Provenance.of(jar).revision()).isEqualTo(new SourceRevision("hg", clean.id(), "default", true));
    }

    @Test
    void a_clean_environment_refuses_what_is_dirty_or_unknown_the_templates_too() throws IOException {
        Call.silenceLogs();
        Files.createDirectories(folder.resolve("cdk"));
        Files.writeString(folder.resolve("cdk/environments.json"), """
                {"local": {"endpoint": "embedded", "clean": true},
                 "prod": {"account": "111111111111", "region": "eu-central-1", "clean": true,
                  "stateBucket": {"name": "some-state"}, "buckets": {"lake": {"name": "some-lake"}}}}""");
        var jar = SourceJar.of(folder.resolve("elsewhere"), "Shop", Map.of("Shop", """
                package own;
                import dev.baton.task.*;
                import java.io.IOException;
                import java.time.Year;
                import java.util.List;
                public final class Shop implements PipelineProvider {
                    @Intent("Sales of a year")
                    public record Sales(Year year) implements ExternalTask {
                        public Target output() { return S3Target.at("s3://lake/sold/{year}.txt", this); }
                    }
                    @Intent("What the sales come to")
                    public record Sum(Year year) implements Task {
                        public List<Sales> requires() { return List.of(new Sales(year)); }
                        public Target output() { return S3Target.at("s3://lake/sums/{year}.txt", this); }
                        public void run(TaskRun run) throws IOException { run.output().text("1"); }
                    }
                    public List<Pipeline> pipelines() { return List.of(Pipeline.of("shop", Sum.class)); }
                }
                """));
        for (var words : new String[][] {
            {"deploy", "local", "shop", "--jar", jar.toString()},
            {"deploy", "prod", "shop", "--jar", jar.toString(), "--templates"}
        }) {
            var call = Call.in(folder, words);
            assertThat(call.exit()).isOne();
            assertThat(call.err())
                    .contains("error ENV020 at shop\n")
                    .contains("own.jar is of no known revision, but the environment \"" + words[1] + "\" takes only");
        }
        assertThat(folder.resolve("cdk.out")).doesNotExist();

        try (var inside = FileSystems.newFileSystem(jar)) {
            Files.createDirectories(inside.getPath("META-INF/baton"));
            Files.writeString(inside.getPath(Stamp.PATH), "{}");
        }
        assertThat(Call.in(folder, "deploy", "local", "shop", "--jar", jar.toString())
                        .err())
                .as("why it is not known")
                .startsWith("warning REV009 at ")
                .contains("error ENV020 at shop\n");
    }
}
