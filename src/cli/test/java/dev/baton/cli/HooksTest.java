package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.affected.ShopProject;
import dev.baton.cli.local.LocalCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks in real repositories, called by the real programs.
class HooksTest {
    @TempDir
    private Path folder;

    private static String install(ShopProject project, String... more) {
        var words = new ArrayList<>(List.of("hook", "install", project.system(), "--build", ShopProject.BUILD));
        words.addAll(List.of(more));
        var call = Call.in(project.root(), words.toArray(String[]::new));
        assertThat(call.exit()).as(call.err()).isZero();
        return call.out();
    }

    @Test
    void a_commit_to_git_tells_what_it_affects_and_the_hook_that_was_there_is_called_too() throws Exception {
        var trap = folder.resolve("trap");
        // Part of each command's words.
        var project = ShopProject.in(folder.resolve("it's $(touch trap) `touch trap`"), "git");
        var foreign = project.root().resolve(".git/hooks/post-commit");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "#!/bin/sh\necho foreign\n");
        assertThat(foreign.toFile().setExecutable(true)).isTrue();
        project.code("one", Map.of());
        project.commit("first");
        var other = folder.resolve("other");
        project.call("git", "init", "-q", "--bare", other.toString());
        project.call("git", "push", "-q", other.toString(), "HEAD:refs/heads/main");

        assertThat(install(project)).isEqualTo("installed post-commit, pre-push in " + project.root() + "\n");
        project.code("two", Map.of());
        project.call("git", "add", "-A");
        var said = project.call(
                "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "second");
        assertThat(said.lines()).as(said).startsWith("foreign").contains("  Tidy  class Words changed");

        // Git hands the name of a remote to the hook; a repository that somebody packed up may call one like an option.
        project.call("git", "config", "remote.--build=touch trap.url", other.toString());
        project.call(
                "git",
                "config",
                "branch." + project.call("git", "branch", "--show-current") + ".pushRemote",
                "--build=touch trap");
        var pushed = project.call("git", "push", "-q", "--", "--build=touch trap", "HEAD:refs/heads/main");
        assertThat(pushed).contains("  Tidy  class Words changed");
        try (var all = Files.walk(folder)) {
            assertThat(all.map(file -> file.getFileName().toString())).doesNotContain("trap");
        }
        assertThat(trap).doesNotExist();

        assertThat(Call.in(project.root(), "hook", "uninstall", "git").out())
                .isEqualTo("removed post-commit, pre-push from " + project.root() + "\n");
        assertThat(foreign).hasContent("#!/bin/sh\necho foreign\n");
        assertThat(Call.in(project.root(), "hook", "uninstall", "git").out()).startsWith("no hook of Baton is in ");
    }

    @Test
    void mercurial_refuses_a_commit_of_which_a_check_fails_or_is_lacking() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "hg");
        var home = project.root();
        Files.createDirectories(home.resolve("cdk"));
        project.write(
                "cdk/environments.json", "{\"local\": {\"endpoint\": \"embedded\", \"demandedChecks\": [\"tests\"]}}");
        project.write("test.sh", "grep -q good state\n").write("state", "bad\n");
        try (var cloud = new LocalCloud(0, null)) {
            DeployedPipeline.tell(home, cloud.aws());
            assertThat(install(project, "--check", "tests=sh test.sh", "--env", "local"))
                    .startsWith("installed pretxncommit, commit, outgoing in ");
            var refused = commit(project);
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.out())
                    .contains("error ENV041 at ", "the check tests failed: sh test.sh ended with 1")
                    .contains("rollback completed");
            assertThat(project.call("hg", "log")).isEmpty();

            project.write("state", "good\n");
            assertThat(commit(project).out()).doesNotContain("error");
            assertThat(Call.in(home, "check-revision", "list", "--env", "local").out())
                    .containsPattern("tests +passed +Ada +20.* sh test.sh");

            assertThat(install(project, "--env", "local")).startsWith("installed pretxncommit");
            project.write("state", "good too\n");
            assertThat(commit(project).out())
                    .contains("error ENV041 at ", "of which the check tests is not recorded", "\"local\" demands it");
            assertThat(project.call("hg", "log", "-T", "{desc};")).isEqualTo("a change;");
        }
    }

    private static Call commit(ShopProject project) throws Exception {
        var builder = new ProcessBuilder("hg", "commit", "--addremove", "-u", "Ada <ada@example.org>", "-m", "a change")
                .directory(project.root().toFile())
                .redirectErrorStream(true);
        builder.environment().put("HGPLAIN", "1");
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        return new Call(process.waitFor(), said, "");
    }

    @Test
    void what_cannot_be_installed_is_told() throws Exception {
        var project = ShopProject.in(folder.resolve("shop"), "git");
        assertThat(Call.in(project.root(), "hook", "install", "hg").err()).contains("is a repository of git");
        assertThat(Call.in(project.root(), "hook", "install", "git", "--check", "tests=true")
                        .err())
                .contains("are for hg");
        assertThat(Call.in(project.root(), "hook", "install", "hg", "--check", "../x=true")
                        .err())
                .contains("--check is NAME=COMMAND");
        assertThat(Call.in(folder, "hook", "install", "git").err()).startsWith("error REV011 at ");
        assertThat(project.root().resolve(".git/hooks/post-commit")).doesNotExist();
    }
}
