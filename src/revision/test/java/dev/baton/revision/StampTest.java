package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a build writes into what it makes, and who reads it.
class StampTest {
    private static final Revision REVISION = new Revision(
            "hg",
            "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
            "stable",
            List.of("v1.2"),
            new Author("Ada Lovelace", "ada@example.org"),
            Instant.parse("2026-11-30T10:00:00Z"),
            "Say \"hello\" in Zürich",
            List.of("2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d1a", "3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d1a2b"),
            true,
            List.of(new FileChange(FileChange.Kind.UNTRACKED, "src/New.java")),
            1,
            "https://example.org/shop");

    @TempDir
    private Path folder;

    @Test
    void it_is_the_same_text_each_time_and_reads_as_what_it_was() throws IOException {
        assertThat(Stamp.text(REVISION)).isEqualTo("""
                {
                  "form": 1,
                  "system": "hg",
                  "id": "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
                  "branch": "stable",
                  "tags": [
                    "v1.2"
                  ],
                  "author": {
                    "name": "Ada Lovelace",
                    "mail": "ada@example.org"
                  },
                  "time": "2026-11-30T10:00:00Z",
                  "message": "Say \\"hello\\" in Zürich",
                  "parents": [
                    "2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d1a",
                    "3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d1a2b"
                  ],
                  "dirty": true,
                  "changed": 1,
                  "changes": [
                    {
                      "change": "untracked",
                      "path": "src/New.java"
                    }
                  ],
                  "remote": "https://example.org/shop"
                }
                """);
        Stamp.write(folder, REVISION);
        assertThat(Stamp.of(folder)).hasValue(REVISION);
        assertThat(Stamp.of(jar(Stamp.text(REVISION)))).hasValue(REVISION);
        try (var loader = new URLClassLoader(
                new URL[] {
                    folder.toUri().toURL(), folder.resolve("some.jar").toUri().toURL()
                },
                null)) {
            assertThat(Stamp.all(loader)).containsExactly(REVISION, REVISION);
        }
        Stamp.remove(folder);
        assertThat(Stamp.of(folder)).isEmpty();
    }

    @Test
    void of_very_many_changes_it_names_some_and_says_how_many() throws IOException {
        var changes = IntStream.range(0, 5_000)
                .mapToObj(number -> new FileChange(FileChange.Kind.MODIFIED, "file" + number))
                .toList();
        Stamp.write(folder, REVISION.with("stable", changes, false));

        assertThat(Stamp.of(folder)).hasValueSatisfying(read -> {
            assertThat(read.changes()).hasSize(Revision.MOST_CHANGES);
            assertThat(read.changed()).isEqualTo(5_000);
        });
        assertThat(Files.size(folder.resolve(Stamp.PATH))).isLessThan(20_000);
    }

    @Test
    void one_that_is_older_than_a_class_beside_it_is_of_an_earlier_build() throws IOException {
        Stamp.write(folder, REVISION);
        var compiled = Files.createFile(folder.resolve("Shop.class"));
        Files.setLastModifiedTime(compiled, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(Stamp.of(folder)).isPresent();
        Files.setLastModifiedTime(compiled, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(Stamp.of(folder)).isEmpty();
    }

    @Test
    void what_has_none_has_none() throws IOException {
        assertThat(Stamp.of(folder)).isEmpty();
        assertThat(Stamp.of(folder.resolve("nowhere.jar"))).isEmpty();
        assertThat(Stamp.of(Files.writeString(folder.resolve("text.jar"), "no jar")))
                .isEmpty();
        assertThat(Stamp.all(new URLClassLoader(new URL[0], null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no JSON                                        | ",
                "[]                                             | expected a JSON object",
                "{}                                             | \"form\" must be 1, but was null",
                "{\"form\": 2}                                  | \"form\" must be 1, but was 2",
                "{\"form\": 1, \"system\": \"svn\", \"id\": \"\"}| \"system\" must be \"git\" or \"hg\", but was \"svn\"",
                "{\"form\": 1, \"system\": \"hg\", \"id\": \"-x\"}| \"id\" must be 40 or 64 hexadecimal digits, but was \"-x\"",
                "{\"form\": 1, \"system\": \"hg\"}              | \"id\" must be a string"
            })
    void a_broken_one_is_told(String text, String why) throws IOException {
        var jar = jar(text);
        assertThatThrownBy(() -> Stamp.of(jar))
                .hasMessageContaining("error REV009 at " + jar)
                .hasMessageContaining(why == null ? "" : why);
    }

    @Test
    void a_member_that_nobody_knows_is_of_a_later_version() throws IOException {
        assertThat(Stamp.of(jar(Stamp.text(REVISION).replaceFirst("\\{", "{\"signed\": true,"))))
                .hasValue(REVISION);
    }

    @Test
    void a_build_calls_it_and_is_told_what_it_wrote_or_why_not() throws IOException {
        var out = new StringBuilder();
        var classes = folder.resolve("elsewhere/classes");
        Stamp.write(classes, REVISION);
        assertThat(StampCommand.stamp(folder, classes, false, out)).isZero();
        assertThat(Stamp.of(classes))
                .as("what an earlier build wrote is not this one's")
                .isEmpty();
        assertThat(StampCommand.stamp(folder, classes, true, out)).isOne();
        assertThat(out)
                .asString()
                .isEqualTo(("no revision: no repository of Git or Mercurial is around " + folder + "\n").repeat(2));

        var sources = Sources.git(folder.resolve("shop"));
        var id = sources.write("a", "1").commit("one");
        out.setLength(0);
        assertThat(StampCommand.stamp(sources.root(), classes, true, out)).isZero();
        assertThat(out).asString().isEqualTo(id.substring(0, 12) + " on main\n");
        assertThat(Stamp.of(classes).orElseThrow().id()).isEqualTo(id);
    }

    private Path jar(String stamp) throws IOException {
        var jar = folder.resolve("some.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(Stamp.PATH));
            out.write(stamp.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
