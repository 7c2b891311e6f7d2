package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A repository that a test makes with the real program; the test is skipped where it is not installed.
record Sources(String system, Path root) {

    static Sources git(Path root) throws IOException {
        assumeTrue(isInstalled("git"), "git is not installed");
        Files.createDirectories(root);
        var sources = new Sources("git", root.toRealPath());
        sources.call("init", "-q", "-b", "main");
        return sources;
    }

    static Sources hg(Path root) throws IOException {
        assumeTrue(isInstalled("hg"), "mercurial is not installed");
        Files.createDirectories(root);
        var sources = new Sources("hg", root.toRealPath());
        sources.call("init");
        return sources;
    }

    static Sources of(String system, Path root) throws IOException {
        return system.equals("git") ? git(root) : hg(root);
    }

    static boolean isInstalled(String program) {
        return ToolPrograms.ofThisMachine().path().stream()
                .anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
    }

    Repository repository() {
        return RepositorySearch.around(root).orElseThrow();
    }

    /// What the program answers; it must end well.
    String call(String... words) throws IOException {
        var answer = new StringBuilder();
        assertThat(exit(answer, words))
                .as(system + " " + String.join(" ", words) + ": " + answer)
                .isZero();
        return answer.toString().strip();
    }

    int exit(StringBuilder answer, String... words) throws IOException {
        var all = new ArrayList<>(List.of(system));
        if (system.equals("git")) {
            all.addAll(List.of(
                    "-c",
                    "user.name=Ada Lovelace",
                    "-c",
                    "user.email=ada@example.org",
                    "-c",
                    "commit.gpgSign=false",
                    "-c",
                    "protocol.file.allow=always"));
        } else {
            all.addAll(List.of("--config", "ui.username=Ada Lovelace <ada@example.org>"));
        }
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("HG"));
        var process = builder.start();
        process.getOutputStream().close();
        answer.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    Sources write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /// Commits all files.
    ///
    /// @return the id
    String commit(String message) throws IOException {
        if (system.equals("git")) {
            call("add", "-A");
            call("commit", "-q", "-m", message, "--date=2026-11-30T10:00:00Z");
            return call("rev-parse", "HEAD");
        }
        var committed = Pattern.compile("(?m)^committed changeset [0-9]+:([0-9a-f]{40})$")
                .matcher(call("commit", "--debug", "--addremove", "-m", message));
        assertThat(committed.find()).isTrue();
        return committed.group(1);
    }
}
