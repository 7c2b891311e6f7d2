package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a name of a revision, or a repository that somebody packed up, could make Git and Mercurial do. Whatever is run
/// against this would write the file `trap`.
class TrapsTest {
    @TempDir
    private Path folder;

    private Path trap;

    @BeforeEach
    void set() throws IOException {
        trap = folder.toRealPath().resolve("trap");
    }

    private List<String> names() {
        return List.of(
                "--config=alias.log=!touch " + trap,
                "--output=" + trap,
                "--upload-pack=touch " + trap,
                "--config=alias.status=!touch " + trap,
                "-R",
                "-Rbundle:" + trap,
                "--cwd=/",
                "--exec=touch " + trap,
                "ext::sh -c touch% " + trap,
                "@{-1}",
                "@{upstream}",
                "main@{yesterday}",
                ":/one",
                "HEAD:a",
                "main..side",
                "^main",
                "main^{/one}",
                "file:" + trap,
                "path:a",
                "all()",
                "not public()",
                "branch(default)",
                "user('ada')",
                "1:2",
                "a or b(c)",
                "main; touch " + trap,
                "$(touch " + trap + ")",
                "`touch " + trap + "`",
                "main\n--output=" + trap,
                "main\0--output",
                "*",
                "~1",
                "",
                " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void a_name_that_is_an_option_or_an_expression_is_refused_before_any_program_sees_it(String system)
            throws IOException {
        var sources = Sources.of(system, folder.resolve("repo"));
        var id = sources.write("a", "1").commit("one");
        var repository = sources.repository();
        for (var name : names()) {
            for (var use : List.<ThrowingCallable>of(
                    () -> repository.revision(name),
                    () -> repository.changes(name, id),
                    () -> repository.changes(id, name),
                    () -> repository.contents(name, "a"))) {
                var refused = catchThrowable(use);
                assertThat(trap).as(name).doesNotExist();
                assertThat(refused)
                        .as(name)
                        .isInstanceOf(DiagnosticException.class)
                        .hasMessageContaining("error REV002 at ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "hg"})
    void a_path_is_a_path(String system) throws IOException {
        var sources = Sources.of(system, folder.resolve("repo"));
        var id =
                sources.write("a", "1").write("-Tjson", "2").write("glob*", "3").commit("one");
        Files.writeString(folder.resolve("list"), "a\n");
        var repository = sources.repository();

        for (var path : List.of("-Tjson", "glob*")) {
            assertThat(repository.contents(id, path).keySet()).containsExactly(path);
        }
        for (var path : system.equals("git")
                ? List.of("--output=" + trap, ":(top)a", "*")
                : List.of("listfile:" + folder.resolve("list"), "re:.*")) {
            assertThat(repository.contents(id, path)).as(path).isEmpty();
        }
        for (var path : List.of("../a", "/a", "x/../../a", ".git/config", ".hg/hgrc", "a\0b")) {
            assertThatThrownBy(() -> repository.contents(id, path)).as(path).hasMessageContaining("error REV002 at ");
        }
        assertThat(trap).doesNotExist();
    }

    @Test
    void what_the_configuration_of_a_repository_of_git_names_is_not_run() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        sources.write(".gitattributes", "*.txt filter=evil diff=evil\n").write("a.txt", "1\n");
        var id = sources.commit("one");
        var inner = Sources.git(folder.resolve("inner"));
        inner.write("i", "1").commit("inner");
        sources.call("submodule", "--quiet", "add", inner.root().toString(), "sub");
        var second = sources.write("a.txt", "22\n").commit("two");
        // Of the same size: Git reads it, through a filter.
        sources.write("a.txt", "33\n");
        var touch = "touch " + trap;
        var hook = sources.root().resolve(".git/hooks/post-index-change");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\n" + touch + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        for (var setting : List.of(
                "core.fsmonitor",
                "core.pager",
                "core.sshCommand",
                "core.askPass",
                "diff.external",
                "gpg.program",
                "filter.evil.clean",
                "filter.evil.smudge",
                "filter.evil.process",
                "diff.evil.textconv",
                "diff.evil.command",
                "alias.status",
                "alias.log",
                "pager.log",
                "pager.status",
                "credential.helper")) {
            sources.call("config", setting, setting.startsWith("alias") ? "!" + touch : touch);
        }
        sources.call("config", "log.showSignature", "true");
        sources.call("config", "filter.evil.required", "true");
        sources.call("-C", "sub", "config", "core.fsmonitor", touch);

        var repository = sources.repository();
        assertThat(repository.workingCopy().orElseThrow().changes())
                .extracting(FileChange::toString)
                .containsExactly("modified a.txt");
        assertThat(repository.changes(id, second)).isNotEmpty();
        assertThat(repository.content(id, "a.txt")).hasValue("1\n".getBytes());
        assertThat(repository.revision("main").id()).isEqualTo(second);
        assertThat(trap).doesNotExist();

        sources.write(".gitattributes", "*.txt filter=x=y\n").call("config", "filter.x=y.clean", touch);
        assertThatThrownBy(repository::workingCopy)
                .as("no option says the name of this filter")
                .hasMessageContaining("error REV006 at ")
                .hasMessageContaining("filter.x=y.clean");
        assertThat(trap).doesNotExist();
    }

    @Test
    void what_the_configuration_of_a_repository_of_mercurial_names_is_not_run() throws IOException {
        var sources = Sources.hg(folder.resolve("repo"));
        var id = sources.write("a", "1").commit("one");
        Files.writeString(folder.resolve("evil.py"), "import os\nopen(" + "'" + trap + "', 'w').close()\n");
        Files.writeString(
                sources.root().resolve(".hg/hgrc"), """
                [extensions]
                evil = %s
                [alias]
                log = !touch %s
                status = !touch %s
                [hooks]
                pre-log = touch %s
                pre-status = touch %s
                [defaults]
                log = --config=alias.log=!x
                [ui]
                verbose = true
                """.formatted(folder.resolve("evil.py"), trap, trap, trap, trap));

        var repository = sources.repository();
        assertThat(repository.workingCopy().orElseThrow().id()).isEqualTo(id);
        assertThat(repository.contents(id, "").keySet()).containsExactly("a");
        assertThat(trap).doesNotExist();
    }

    @Test
    void a_repository_of_another_user_is_told() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        sources.write("a", "1").commit("one");
        var git = ToolPrograms.ofThisMachine().find("git", sources.root());
        var bin = Files.createDirectories(folder.resolve("bin"));
        // As Git's own tests pretend it.
        Files.writeString(bin.resolve("git"), "#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec " + git + " \"$@\"\n");
        assertThat(bin.resolve("git").toFile().setExecutable(true)).isTrue();
        var programs = new ToolPrograms(List.of(bin), Duration.ofSeconds(20), 10_000);

        assertThatThrownBy(() -> RepositorySearch.around(sources.root(), programs)
                        .orElseThrow()
                        .workingCopy())
                .hasMessageContaining("error REV005 at " + sources.root())
                .hasMessageContaining("git config --global --add safe.directory " + sources.root());
    }
}
