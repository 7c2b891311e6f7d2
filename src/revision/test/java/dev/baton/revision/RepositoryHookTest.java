package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command at an event of a repository, beside the hooks of others.
class RepositoryHookTest {
    @TempDir
    private Path folder;

    private static Path hook(Sources sources, String event) throws IOException {
        var file = sources.root().resolve(".git/hooks").resolve(event);
        Files.createDirectories(file.getParent());
        return file;
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private RepositoryHook of(Sources sources, String event, String name) throws IOException {
        var program = folder.resolve("it's $(a) program");
        script(program, "echo \"$@\" >> " + folder + "/said; cat >> " + folder + "/said; exit ${ANSWER:-0}");
        return new RepositoryHook(sources.repository(), event, List.of(program.toString(), name, "'\"$HOME `x`"));
    }

    private String said() throws IOException {
        var file = folder.resolve("said");
        var text = Files.exists(file) ? Files.readString(file) : "";
        Files.deleteIfExists(file);
        return text;
    }

    @Test
    void git_calls_it_after_the_hook_that_was_there_and_removing_brings_that_one_back() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        var file = hook(sources, "post-commit");
        script(file, "echo foreign >> " + folder + "/said");
        var foreign = Files.readString(file);
        var hook = of(sources, "post-commit", "baton");
        assertThat(hook.isInstalled()).isFalse();
        hook.install();
        hook.install();
        sources.write("a", "1").commit("one");
        assertThat(said()).isEqualTo("foreign\nbaton '\"$HOME `x`\n");
        assertThat(hook.isInstalled()).isTrue();

        hook.remove();
        hook.remove();
        assertThat(hook.isInstalled()).isFalse();
        assertThat(file).hasContent(foreign).isExecutable();
        assertThat(file.resolveSibling("post-commit.before-baton")).doesNotExist();
        sources.write("a", "2").commit("two");
        assertThat(said()).isEqualTo("foreign\n");
    }

    @Test
    void a_foreign_hook_that_says_no_still_says_no() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        script(hook(sources, "pre-commit"), "exit 1");
        var hook = of(sources, "pre-commit", "baton");
        hook.install();
        sources.write("a", "1").call("add", "a");

        assertThat(sources.exit(new StringBuilder(), "commit", "-m", "one")).isOne();
        assertThat(said()).isEmpty();
    }

    @Test
    void both_are_told_what_is_pushed() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        sources.write("a", "1").commit("one");
        script(hook(sources, "pre-push"), "cat >> " + folder + "/said");
        of(sources, "pre-push", "baton").install();
        Sources.git(folder.resolve("other")).call("config", "receive.denyCurrentBranch", "ignore");
        var id = sources.call("rev-parse", "HEAD");
        sources.call("push", "-q", folder.resolve("other").toString(), "main");

        assertThat(said().lines().filter(line -> line.startsWith("refs/heads/main " + id)))
                .hasSize(2);
    }

    @Test
    void a_hook_that_was_written_over_it_is_nobodys_to_move() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        var file = hook(sources, "post-commit");
        script(file, "echo first");
        var hook = of(sources, "post-commit", "baton");
        hook.install();
        script(file, "echo second");

        assertThatThrownBy(hook::install).hasMessageContaining("error REV010 at " + file);
        assertThatThrownBy(hook::remove).hasMessageContaining("error REV010 at " + file);
        assertThat(Files.readString(file)).contains("second");
        assertThat(Files.readString(file.resolveSibling("post-commit.before-baton")))
                .contains("first");
    }

    @Test
    void hooks_that_repositories_share_are_left_alone() throws IOException {
        var sources = Sources.git(folder.resolve("repo"));
        sources.call("config", "core.hooksPath", folder.resolve("shared").toString());

        assertThatThrownBy(of(sources, "post-commit", "baton")::install)
                .hasMessageContaining("error REV010 at " + sources.root())
                .hasMessageContaining("core.hooksPath is " + folder.resolve("shared"));
        assertThat(folder.resolve("shared")).doesNotExist();
    }

    /// What Baton sees in a hook of Mercurial: prints the message of the changeset that is not yet committed.
    static final class PendingChangeset {
        public static void main(String... words) throws IOException {
            var pending =
                    RepositorySearch.around(Path.of(words[0])).orElseThrow().revision(System.getenv("HG_NODE"));
            Files.writeString(Path.of(words[1]), pending.message());
        }
    }

    @Test
    void a_hook_of_mercurial_sees_the_changeset_that_it_is_about() throws IOException {
        var sources = Sources.hg(folder.resolve("repo"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                PendingChangeset.class.getName(),
                sources.root().toString(),
                folder.resolve("said").toString());
        new RepositoryHook(sources.repository(), "pretxncommit", words).install();
        sources.write("a", "1").call("commit", "--addremove", "-q", "-m", "not yet");

        assertThat(said()).isEqualTo("not yet");
    }

    @Test
    void mercurial_asks_it_before_a_commit_is_done_and_it_may_refuse() throws IOException {
        var sources = Sources.hg(folder.resolve("repo"));
        var settings = sources.root().resolve(".hg/hgrc");
        var foreign = "# mine\n[hooks]\npretxncommit.mine = echo foreign >> " + folder + "/said\n\n[ui]\nx = y\n";
        Files.writeString(settings, foreign);
        var hook = of(sources, "pretxncommit", "baton");
        hook.install();
        hook.install();
        sources.write("a", "1").call("commit", "--addremove", "-q", "-m", "one");
        assertThat(said()).isEqualTo("foreign\nbaton '\"$HOME `x`\n");

        script(folder.resolve("it's $(a) program"), "exit 1");
        assertThat(sources.write("a", "2").exit(new StringBuilder(), "commit", "-m", "two"))
                .isNotZero();
        assertThat(sources.call("log", "-T{desc};")).isEqualTo("one;");
        assertThat(hook.isInstalled()).isTrue();

        hook.remove();
        assertThat(settings).hasContent(foreign);
        assertThat(hook.isInstalled()).isFalse();
        sources.call("commit", "-m", "two");
    }
}
