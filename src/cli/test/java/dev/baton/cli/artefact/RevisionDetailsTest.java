package dev.baton.cli.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.revision.Author;
import dev.baton.revision.Revision;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a revision beyond what a completion record has.
class RevisionDetailsTest {
    private static final String ID = "9c0d1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b";

    @TempDir
    private Path folder;

    private final StringBuilder said = new StringBuilder();

    /// Whether Git is there and did what it was asked; what it said is kept.
    private boolean git(String... words) throws InterruptedException {
        var identity = List.of("git", "-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.org");
        var builder = new ProcessBuilder(
                Stream.concat(identity.stream(), Stream.of(words)).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            var process =
                    builder.directory(folder.toFile()).redirectErrorStream(true).start();
            said.setLength(0);
            said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void the_stamp_of_the_artefact_knows_its_own() throws Exception {
        var revision = new Revision(
                "hg",
                ID,
                "stable",
                List.of("v1.2"),
                new Author("", "ada@example.org"),
                Instant.parse("2026-11-30T23:00:00Z"),
                "Count what is sold",
                List.of(),
                false,
                List.of(),
                0,
                "");
        try (var bytes = getClass().getResourceAsStream("RevisionDetailsTest.class")) {
            var path = getClass().getName().replace('.', '/') + ".class";
            Files.createDirectories(folder.resolve(path).getParent());
            Files.write(folder.resolve(path), bytes.readAllBytes());
        }
        Stamp.write(folder, revision);
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            var task = loader.loadClass(getClass().getName());
            var known = RevisionDetails.of(new SourceRevision("hg", ID, "stable", false), task, folder);

            assertThat(known.map(RevisionDetails::line))
                    .hasValue("ada@example.org, 2026-11-30, tagged v1.2: Count what is sold");
            assertThat(RevisionDetails.of(new SourceRevision("hg", ID.replace('9', '8'), "", false), task, folder))
                    .as("of another revision it knows nothing")
                    .isEmpty();
        }
    }

    @Test
    void the_sources_know_what_they_hold_and_a_record_makes_nothing_run() throws Exception {
        assumeTrue(git("init", "-q", "-b", "main"), "git is not installed");
        assertThat(git("commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "Open the shop"))
                .isTrue();
        assertThat(git("rev-parse", "HEAD")).isTrue();
        var id = said.toString().strip();
        assertThat(RevisionDetails.of(new SourceRevision("git", id, "main", true), Test.class, folder)
                        .map(RevisionDetails::line))
                .hasValueSatisfying(
                        line -> assertThat(line).matches("Ada Lovelace, \\d{4}-\\d\\d-\\d\\d: Open the shop"));
        var trap = folder.resolve("trap");
        for (var other : List.of(ID, "--output=" + trap, "", "no-such")) {
            assertThat(RevisionDetails.of(new SourceRevision("git", other, "", true), Test.class, folder))
                    .as(other)
                    .isEmpty();
        }
        assertThat(RevisionDetails.of(new SourceRevision("hg", id, "", true), Test.class, folder))
                .isEmpty();
        assertThat(RevisionDetails.of(SourceRevision.UNKNOWN, Test.class, folder))
                .isEmpty();
        assertThat(trap).doesNotExist();
    }
}
