package dev.baton.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The goal, as Maven calls it.
class StampMojoTest {
    private static final String STAMP = "META-INF/baton/revision.json";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    private StampMojo mojo(ToolchainManager toolchains) throws IOException {
        var mojo = new StampMojo(toolchains, null);
        mojo.project = Files.createDirectories(folder.resolve("shop")).toFile();
        mojo.classes = folder.resolve("shop/target/classes").toFile();
        mojo.artifacts = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(StampMojoTest::artifact)
                .toList();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence content) {
                said.add(content.toString());
            }
        });
        return mojo;
    }

    private static Artifact artifact(String file) {
        var artifact = new DefaultArtifact("g", "a", "1", "compile", "jar", "", new DefaultArtifactHandler("jar"));
        artifact.setFile(new File(file));
        return artifact;
    }

    private static <T> T only(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, words) -> answer));
    }

    /// The builds that choose no toolchain.
    private static ToolchainManager none() {
        return only(ToolchainManager.class, null);
    }

    @Test
    void without_a_repository_the_build_goes_on_and_says_why_there_is_no_stamp() throws Exception {
        var mojo = mojo(none());
        Files.createDirectories(folder.resolve("shop/target/classes/META-INF/baton"));
        Files.writeString(folder.resolve("shop/target/classes").resolve(STAMP), "of yesterday");
        mojo.execute();

        assertThat(said).containsExactly("no revision: no repository of Git or Mercurial is around " + mojo.project);
        assertThat(folder.resolve("shop/target/classes").resolve(STAMP)).doesNotExist();
        mojo.required = true;
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("no repository of Git or Mercurial");
        mojo.skip = true;
        mojo.execute();
    }

    @Test
    void with_one_the_classes_bear_its_revision() throws Exception {
        var mojo = mojo(none());
        assumeTrue(git("--version"), "git is not installed");
        assertThat(git("init", "-q", "-b", "trunk")).isTrue();
        Files.writeString(folder.resolve("shop/.gitignore"), "target\n");
        assertThat(git("add", ".")).isTrue();
        assertThat(git("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "--no-gpg-sign", "-m", "1"))
                .isTrue();
        mojo.required = true;
        mojo.execute();
        mojo.execute();

        assertThat(said).hasSize(2).allSatisfy(line -> assertThat(line).matches("[0-9a-f]{12} on trunk"));
        assertThat(folder.resolve("shop/target/classes").resolve(STAMP))
                .content()
                .contains("\"branch\": \"trunk\"", "\"dirty\": false");
    }

    /// Whether it is there and did what it was asked.
    private boolean git(String... words) throws InterruptedException {
        var command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        var builder =
                new ProcessBuilder(command).directory(folder.resolve("shop").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            return builder.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void it_runs_on_the_jdk_that_the_build_has_chosen() throws Exception {
        var toolchain = only(Toolchain.class, folder.resolve("no/java").toString());

        assertThatThrownBy(mojo(only(ToolchainManager.class, toolchain))::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("no/java");
    }
}
