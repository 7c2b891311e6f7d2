package dev.baton.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/// The goal `baton:stamp`: writes the revision of the sources, as Git or Mercurial says it, into the classes that are
/// packed next, as `META-INF/baton/revision.json`. Without a repository, or its program, it says so and writes nothing.
///
/// It asks in a process of its own, on the JDK that the build has chosen as its toolchain, else on Maven's own.
@Mojo(name = "stamp", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class StampMojo extends AbstractMojo {
    private static final int OLDEST = 21;
    private static final String COMMAND = "dev.baton.revision.StampCommand";

    private final ToolchainManager toolchains;
    private final MavenSession session;

    @Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
    File project;

    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    File classes;

    /// Whether the build fails where there is no revision.
    @Parameter(property = "baton.stamp.required", defaultValue = "false")
    boolean required;

    @Parameter(property = "baton.stamp.skip", defaultValue = "false")
    boolean skip;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    List<Artifact> artifacts;

    @Inject
    public StampMojo(ToolchainManager toolchains, MavenSession session) {
        this.toolchains = toolchains;
        this.session = session;
    }

    @Override
    public void execute() throws MojoExecutionException {
        if (skip) {
            return;
        }
        var classPath = artifacts.stream()
                .map(Artifact::getFile)
                .map(File::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var command = List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classPath,
                COMMAND,
                project.toString(),
                classes.toString(),
                required ? "required" : "optional");
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said;
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                said = lines.lines().collect(Collectors.joining("\n"));
            }
            if (process.waitFor() != 0) {
                throw new MojoExecutionException(said);
            }
            getLog().info(said);
        } catch (IOException e) {
            throw new MojoExecutionException("the revision cannot be asked: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    private String java() throws MojoExecutionException {
        var toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
        var chosen = toolchain == null ? null : toolchain.findTool("java");
        if (chosen != null) {
            return chosen;
        }
        if (Runtime.version().feature() < OLDEST) {
            throw new MojoExecutionException(
                    "Maven runs on JDK " + Runtime.version().feature()
                            + ", but the stamp needs " + OLDEST + " or newer: run Maven on one, or choose one with goal"
                            + " select-jdk-toolchain of maven-toolchains-plugin");
        }
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }
}
