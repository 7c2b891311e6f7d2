package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a repository says of its sources, the same of both systems.
class RepositoryTest {
    @TempDir
    private Path folder;

    private static String ignore(String system) {
        return system.equals("git") ? ".gitignore" : ".hgignore";
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void a_working_copy_says_where_it_is_and_which_files_make_it_dirty(String system) throws IOException {
        var sources = Sources.of(system, folder.resolve("ä shop"));
        assertThat(sources.repository().workingCopy())
                .as("nothing is committed")
                .isEmpty();
        sources.write(ignore(system), system.equals("git") ? "target\n" : "syntax: glob\ntarget\n");
        sources.write("src/Shop.java", "class Shop {}\n").write("src/Till.java", "class Till {}\n");
        sources.write("target/Shop.class", "built");
        var id = sources.commit("Open the shop\n\nIt was closed.");

        var url = "https://ada:secret@example.org/shop?token=1";
        if (system.equals("git")) {
            sources.call("remote", "add", "origin", url);
        } else {
            Files.writeString(sources.root().resolve(".hg/hgrc"), "[paths]\ndefault = " + url + "\n");
        }

        var inside = RepositorySearch.around(sources.root().resolve("src")).orElseThrow();
        assertThat(inside.root()).isEqualTo(sources.root());
        var clean = inside.workingCopy().orElseThrow();
        assertThat(clean.system()).isEqualTo(system);
        assertThat(clean.id()).isEqualTo(id).hasSize(40);
        assertThat(clean.branch()).isEqualTo(system.equals("git") ? "main" : "default");
        assertThat(clean.author()).hasToString("Ada Lovelace <ada@example.org>");
        assertThat(clean.message()).isEqualTo("Open the shop");
        assertThat(clean.parents()).isEmpty();
        assertThat(clean.tags()).isEmpty();
        assertThat(clean.time()).isAfter("2026-01-01T00:00:00Z");
        assertThat(clean.dirty()).isFalse();
        assertThat(clean.remote()).as("without credentials").isEqualTo("https://example.org/shop");

        sources.write("src/Shop.java", "class Shop { int a; }\n").write("src/näw/New file.java", "class New {}\n");
        Files.delete(sources.root().resolve("src/Till.java"));
        sources.write("src/Added.java", "class Added {}\n").call("add", "src/Added.java");
        var dirty = inside.workingCopy().orElseThrow();
        assertThat(dirty.dirty()).isTrue();
        assertThat(dirty.changes())
                .extracting(FileChange::toString)
                .containsExactly(
                        "added src/Added.java",
                        "modified src/Shop.java",
                        "deleted src/Till.java",
                        "untracked src/näw/New file.java");
        assertThat(dirty).hasToString(id.substring(0, 12) + " on " + clean.branch() + ", with 4 uncommitted changes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void what_changed_between_two_revisions_and_what_was_in_a_file(String system) throws IOException {
        var sources = Sources.of(system, folder);
        sources.write("a/One.txt", "1\n").write("a/Two.txt", "2\n").write("b.txt", "b\n");
        Files.write(sources.root().resolve("raw"), new byte[] {0, (byte) 0xff, 'x', (byte) 0xc3, 10});
        var first = sources.commit("one");
        sources.write("a/One.txt", "one\n").write("a/Three.txt", "3\n");
        Files.delete(sources.root().resolve("b.txt"));
        var second = sources.commit("two");

        var repository = sources.repository();
        assertThat(repository.changes(first, second))
                .extracting(FileChange::toString)
                .containsExactly("modified a/One.txt", "added a/Three.txt", "deleted b.txt");
        assertThat(repository.content(first, "a/One.txt")).hasValue("1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(repository.content(second, "a/One.txt")).hasValue("one\n".getBytes(StandardCharsets.UTF_8));
        assertThat(repository.content(first, "a/Three.txt")).isEmpty();
        assertThat(repository.content(first, "raw")).hasValue(new byte[] {0, (byte) 0xff, 'x', (byte) 0xc3, 10});
        assertThat(repository.contents(first, "a").keySet()).containsExactly("a/One.txt", "a/Two.txt");
        assertThat(repository.contents(first, "").keySet()).containsExactly("a/One.txt", "a/Two.txt", "b.txt", "raw");
        assertThat(repository.revision(second).parents()).containsExactly(first);
        var missing = "1234567".repeat(6).substring(0, 40);
        assertThatThrownBy(() -> repository.contents(missing, "a")).hasMessageContaining("error REV003 at " + missing);
        assertThatThrownBy(() -> repository.changes(first, missing)).hasMessageContaining("error REV003 at " + missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void names_are_ids_and_what_the_repository_lists(String system) throws IOException {
        var git = system.equals("git");
        var sources = Sources.of(system, folder);
        var first = sources.write("a", "1").commit("one");
        sources.call("tag", "v1.2");
        sources.call(git ? new String[] {"branch", "topic/x"} : new String[] {"bookmark", "topic/x", "-r", first});
        var second = sources.write("a", "2").commit("two");

        var repository = sources.repository();
        for (var name : List.of(first.substring(0, 7), "v1.2", "topic/x")) {
            assertThat(repository.revision(name).id()).as(name).isEqualTo(first);
        }
        for (var name : git ? List.of("main", "HEAD", "refs/heads/main", "heads/main") : List.of("tip")) {
            assertThat(repository.revision(name).id()).as(name).isEqualTo(second);
        }
        // Mercurial's tag is a changeset too.
        var back = git ? "~1" : "~2";
        assertThat(repository.revision((git ? "main" : "default") + back).id()).isEqualTo(first);
        assertThat(repository.revision(first).tags()).containsExactly("v1.2");
        assertThat(repository.revision(second).tags()).isEmpty();
        for (var name : List.of("v1.2~7", "0".repeat(40), "1234567")) {
            assertThatThrownBy(() -> repository.revision(name))
                    .as(name)
                    .isInstanceOf(DiagnosticException.class)
                    .hasMessageContaining("error REV003 at " + name);
        }
        assertThatThrownBy(() -> repository.revision("v1"))
                .hasMessageContaining("error REV003 at v1")
                .hasMessageContaining("which lists ")
                .hasMessageContaining("v1.2");
    }

    @Test
    void a_name_of_a_branch_and_of_a_tag_elsewhere_is_not_guessed() throws IOException {
        var sources = Sources.git(folder);
        var first = sources.write("a", "1").commit("one");
        sources.call("tag", "main");
        sources.write("a", "2").commit("two");

        assertThatThrownBy(() -> sources.repository().revision("main"))
                .hasMessageContaining("error REV004 at main")
                .hasMessageContaining("refs/heads/main, refs/tags/main");
        assertThat(sources.repository().revision("refs/tags/main").id()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void a_merge_has_two_parents_and_is_dirty_while_it_is_unfinished(String system) throws IOException {
        var git = system.equals("git");
        var sources = Sources.of(system, folder);
        var base = sources.write("a", "1").commit("one");
        var left = sources.write("b", "2").commit("left");
        if (git) {
            sources.call("checkout", "-q", "-b", "right", base);
        } else {
            sources.call("update", "-q", base);
        }
        var right = sources.write("c", "3").commit("right");
        sources.call(
                git
                        ? new String[] {"merge", "-q", "--no-commit", "--no-ff", left}
                        : new String[] {"merge", "-q", left});

        var merging = sources.repository().workingCopy().orElseThrow();
        assertThat(merging.id()).isEqualTo(right);
        assertThat(merging.dirty()).isTrue();
        var merged = sources.repository().revision(sources.commit("merge"));
        assertThat(merged.parents()).containsExactly(right, left);
        assertThat(sources.repository().workingCopy().orElseThrow().dirty()).isFalse();
    }

    @Test
    void worktrees_and_submodules_are_repositories_too() throws IOException {
        var inner = Sources.git(folder.resolve("inner"));
        var innerId = inner.write("i", "1").commit("inner");
        var outer = Sources.git(folder.resolve("outer"));
        outer.write("o", "1").call("submodule", "--quiet", "add", inner.root().toString(), "sub");
        var outerId = outer.commit("outer");
        outer.call("worktree", "add", "-q", "-b", "side", folder.resolve("side").toString());

        var side = RepositorySearch.around(folder.resolve("side"))
                .orElseThrow()
                .workingCopy()
                .orElseThrow();
        assertThat(side.id()).isEqualTo(outerId);
        assertThat(side.branch()).isEqualTo("side");
        var sub = RepositorySearch.around(outer.root().resolve("sub")).orElseThrow();
        assertThat(sub.root()).isEqualTo(outer.root().resolve("sub"));
        assertThat(sub.workingCopy().orElseThrow().id()).isEqualTo(innerId);
        assertThat(outer.repository().workingCopy().orElseThrow().dirty()).isFalse();
        outer.write("sub/new.txt", "new");
        assertThat(outer.repository().workingCopy().orElseThrow().changes())
                .extracting(FileChange::toString)
                .containsExactly("untracked sub/new.txt");
    }

    @Test
    void a_detached_head_has_no_branch_and_a_folder_without_repository_none() throws IOException {
        var sources = Sources.git(folder.resolve("shop"));
        var id = sources.write("a", "1").commit("one");
        sources.call("checkout", "-q", "--detach");

        var revision = sources.repository().workingCopy().orElseThrow();
        assertThat(revision.branch()).isEmpty();
        assertThat(revision).hasToString(id.substring(0, 12));
        assertThat(RepositorySearch.around(folder)).isEmpty();
        Files.createDirectories(sources.root().resolve("broken/.git"));
        var broken = RepositorySearch.around(sources.root().resolve("broken")).orElseThrow();
        assertThatThrownBy(broken::workingCopy)
                .as("the repository around is another one")
                .hasMessageContaining("error REV006 at " + broken.root())
                .hasMessageContaining("not a git repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void without_its_program_there_is_a_sentence(String system) throws IOException {
        Files.createDirectories(folder.resolve("." + system));
        var nowhere = new ToolPrograms(List.of(folder), Duration.ofSeconds(1), 1_000);

        assertThatThrownBy(() ->
                        RepositorySearch.around(folder, nowhere).orElseThrow().workingCopy())
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("error REV001 at " + folder.toRealPath())
                .hasMessageContaining("the program " + system + " is not on the PATH");
    }

    @Test
    void a_program_that_hangs_or_says_too_much_is_ended() throws IOException {
        Files.createDirectories(folder.resolve("repo/.hg"));
        var bin = Files.createDirectories(folder.resolve("bin"));
        var slow = script(bin.resolve("hg"), "sleep 100 & sleep 100");
        var impatient = new ToolPrograms(List.of(bin), Duration.ofMillis(300), 1_000);
        var repository =
                RepositorySearch.around(folder.resolve("repo"), impatient).orElseThrow();

        assertThatThrownBy(repository::workingCopy)
                .hasMessageContaining("error REV007")
                .hasMessageContaining("hg log gave no answer within 300 ms");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(slow.toString()))
                        .collect(Collectors.toList()))
                .isEmpty();
        script(bin.resolve("hg"), "yes");
        var patient = new ToolPrograms(List.of(bin), Duration.ofSeconds(20), 1_000);
        assertThatThrownBy(() -> RepositorySearch.around(folder.resolve("repo"), patient)
                        .orElseThrow()
                        .workingCopy())
                .hasMessageContaining("error REV008")
                .hasMessageContaining("more than 1000 bytes");
    }

    private static Path script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void a_folder_in_no_repository_is_told() {
        assertThatThrownBy(() -> RepositorySearch.require(folder)).hasMessageContaining("error REV011 at " + folder);
    }
}
