package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of a revision in a folder of their own, without a trace in the repository, and without what it could have
/// run.
class ExportTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void a_folder_has_what_was_committed_or_what_is_in_the_working_copy(String system) throws IOException {
        var sources = Sources.of(system, folder.resolve("it's 100%h"));
        var trap = folder.resolve("trap");
        sources.write("a", "1").write("sub dir/run.sh", "#!/bin/sh\n").write("gone", "1");
        sources.write(".gitattributes", "a filter=evil\n* export-ignore\n").write(".hgignore", "^built");
        sources.write(".gitignore", "built\n");
        assertThat(sources.root().resolve("sub dir/run.sh").toFile().setExecutable(true))
                .isTrue();
        var first = sources.commit("one");
        sources.write("a", "2").commit("two");
        sources.write("a", "3").write("new", "1").write("built/x", "1");
        Files.delete(sources.root().resolve("gone"));
        if (system.equals("git")) {
            sources.call("config", "filter.evil.smudge", "touch " + trap);
            hook(sources.root().resolve(".git/hooks/post-checkout"), "touch " + trap);
            hook(sources.root().resolve(".git/hooks/post-index-change"), "touch " + trap);
        } else {
            Files.writeString(sources.root().resolve(".hg/hgrc"), "[hooks]\npre-archive = touch " + trap + "\n");
        }
        var before = state(sources);

        sources.repository().export(first, folder.resolve("100%h"));
        sources.repository().exportWorkingCopy(folder.resolve("copy"));

        assertThat(folder.resolve("100%h/a")).hasContent("1");
        assertThat(folder.resolve("100%h/sub dir/run.sh")).isExecutable();
        assertThat(names(folder.resolve("100%h")))
                .containsExactly(".gitattributes", ".gitignore", ".hgignore", "a", "gone", "sub dir");
        assertThat(folder.resolve("copy/a")).hasContent("3");
        assertThat(names(folder.resolve("copy")))
                .containsExactly(".gitattributes", ".gitignore", ".hgignore", "a", "new", "sub dir");
        assertThat(trap).doesNotExist();
        assertThat(state(sources)).isEqualTo(before);
    }

    /// Asked for without what the test has configured.
    private static String state(Sources sources) throws IOException {
        return sources.system().equals("git")
                ? sources.call("ls-files", "--stage", "--others")
                : sources.call("status");
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void hook(Path file, String command) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
