package dev.baton.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures of revisions, made by the real programs with keys of the test's own, and verified by them.
class SignaturesTest {
    @TempDir
    private Path folder;

    /// The programs of a user whose home is the test's.
    private ToolPrograms programs(String... names) throws IOException {
        var bin = Files.createDirectories(folder.resolve("bin"));
        var home = Files.createDirectories(folder.resolve("home"));
        for (var name : names) {
            var real = ToolPrograms.ofThisMachine().find(name, folder);
            var script = bin.resolve(name);
            Files.writeString(
                    script, "#!/bin/sh\nHOME=" + home + " GNUPGHOME=" + home + "/keys exec " + real + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        return new ToolPrograms(List.of(bin), Duration.ofSeconds(60), 1 << 20);
    }

    private static Repository repository(Sources sources, ToolPrograms programs) {
        return RepositorySearch.around(sources.root(), programs).orElseThrow();
    }

    private void run(Path program, String... words) throws IOException {
        var builder = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(words))
                        .toList())
                .redirectErrorStream(true);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void a_commit_that_ssh_signed_is_believed_where_the_user_knows_the_signer() throws IOException {
        assumeTrue(Sources.isInstalled("ssh-keygen"), "ssh-keygen is not installed");
        var sources = Sources.git(folder.resolve("repo"));
        var programs = programs("git", "ssh-keygen");
        var key = folder.resolve("key");
        run(folder.resolve("bin/ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        var trap = folder.resolve("trap");
        var signed = sign(sources, "user.signingKey=" + key, "gpg.format=ssh");
        var plain = sources.write("a", "2").commit("two");
        var allowed = folder.resolve("allowed");
        Files.writeString(allowed, "ada@example.org " + Files.readString(Path.of(key + ".pub")));

        sources.call("config", "gpg.ssh.allowedSignersFile", allowed.toString());
        sources.call("config", "gpg.ssh.program", "touch " + trap + ";");
        var repository = repository(sources, programs);
        assertThatThrownBy(() -> repository.signer(signed))
                .as("the repository says whom to believe")
                .hasMessageContaining("error REV012 at " + signed)
                .hasMessageContaining("has no good signature");
        Files.writeString(folder.resolve("home/.gitconfig"), "[gpg \"ssh\"]\n\tallowedSignersFile = " + allowed + "\n");
        assertThat(repository.signer(signed)).isEqualTo("ada@example.org");
        assertThatThrownBy(() -> repository.signer(plain)).hasMessageContaining("is not signed in " + sources.root());
        assertThat(trap).doesNotExist();

        Files.delete(folder.resolve("bin/ssh-keygen"));
        assertThatThrownBy(() -> repository.signer(signed)).hasMessageContaining("is not on the PATH");
    }

    private static String sign(Sources sources, String... settings) throws IOException {
        sources.write("a", "1").call("add", "-A");
        var words = Stream.concat(
                Stream.of(settings).flatMap(setting -> Stream.of("-c", setting)),
                Stream.of("commit", "-q", "-S", "-m", "one"));
        sources.call(words.toArray(String[]::new));
        return sources.call("rev-parse", "HEAD");
    }

    @Test
    void what_gpg_signed_is_believed_by_git_and_by_mercurial() throws IOException {
        assumeTrue(Sources.isInstalled("gpg"), "gpg is not installed");
        var programs = programs("git", "hg", "gpg");
        var gpg = folder.resolve("bin/gpg");
        Files.createDirectory(
                folder.resolve("home/keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        run(gpg, "--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "Ada <ada@example.org>", "ed25519");

        var git = Sources.git(folder.resolve("git"));
        var signed = sign(git, "gpg.program=" + gpg, "user.signingKey=ada@example.org");
        assertThat(repository(git, programs).signer(signed)).isEqualTo("Ada <ada@example.org>");

        var hg = Sources.hg(folder.resolve("hg"));
        var first = hg.write("a", "1").commit("one");
        assertThatThrownBy(() -> repository(hg, programs).signer(first))
                .hasMessageContaining("error REV012 at " + first)
                .hasMessageContaining("is not signed in " + hg.root());
        hg.call("--config", "extensions.gpg=", "--config", "gpg.cmd=" + gpg, "sign", "-k", "ada@example.org", first);
        assertThat(repository(hg, programs).signer(first)).contains("Ada <ada@example.org>");
        Files.delete(gpg);
        assertThatThrownBy(() -> repository(hg, programs).signer(first)).hasMessageContaining("gpg is not on the PATH");
    }
}
