package dev.baton.cli.affected;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The build of a project as it was at a revision, by the project's own build command. It runs what the sources say, as
/// each build does.
///
/// @param command the words of the build; empty for what the project's files show: a wrapper of Maven or Gradle, else
///     Maven or Gradle of the machine
/// @param jars where it puts the artefact, within the project; empty for wherever it is found
/// @param project the project's folder in the working copy
/// @param within the longest that it may take
public record RevisionBuild(List<String> command, List<String> jars, Path project, Duration within) {
    private static final int DIGITS = 12;
    private static final int TOLD_LINES = 15;
    private static final int TOLD_BYTES = 8_192;
    private static final List<String> MAVEN = List.of("--batch-mode", "--quiet", "-DskipTests", "package");
    private static final List<String> GRADLE = List.of("--quiet", "assemble");

    public RevisionBuild {
        command = List.copyOf(command);
        jars = List.copyOf(jars);
    }

    /// What tells this build from others of the same sources.
    String digest() {
        return Sha256.hex(Json.print(List.of(command, jars, project.toString())))
                .substring(0, DIGITS);
    }

    /// Builds, and takes what was built.
    ///
    /// @param name of the revision, for messages
    /// @param root of the working copy
    /// @param sources the files of the revision, which the build writes into
    /// @param built made, with a folder an artefact
    /// @throws DiagnosticException CLI060 when there is no build to be seen, CLI061 when it fails, CLI062 when it
    ///     builds no pipeline
    void run(String name, Path root, Path sources, Path built) throws IOException {
        var own = project.toRealPath();
        var folder = own.startsWith(root) ? sources.resolve(root.relativize(own).toString()) : sources;
        run(name, Files.isDirectory(folder) ? folder : sources);
        BuiltArtefacts.copy(name, folder, jars, built);
    }

    private void run(String name, Path project) throws IOException {
        var words = command.isEmpty() ? found(name, project) : command;
        var log = Files.createTempFile("baton-build", ".log");
        try {
            var builder = new ProcessBuilder(words)
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // A hook has those of the repository that calls it.
            builder.environment().keySet().removeIf(key -> key.startsWith("GIT_") || key.startsWith("HG"));
            await(name, words, log, start(name, words, builder));
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static Process start(String name, List<String> words, ProcessBuilder builder) {
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new DiagnosticException(failed(
                    name, words, "cannot be called: " + e.getMessage(), "put " + words.getFirst() + " on the PATH"));
        }
    }

    private void await(String name, List<String> words, Path log, Process process) throws IOException {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DiagnosticException(failed(
                        name,
                        words,
                        "has not ended within " + within.toSeconds() + " s" + told(log),
                        "see what it waits for, or give it longer: --within SECONDS"));
            }
            if (process.exitValue() != 0) {
                throw new DiagnosticException(failed(
                        name,
                        words,
                        "ended with " + process.exitValue() + told(log),
                        "mend that revision's build, give its command with --build, or give what it built with"
                                + " --before or --after"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiagnosticException(failed(name, words, "was interrupted", "call the command again"));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> found(String name, Path project) {
        for (var build : List.of(
                build(project, "mvnw", List.of("sh", "mvnw"), MAVEN),
                build(project, "pom.xml", List.of("mvn"), MAVEN),
                build(project, "gradlew", List.of("sh", "gradlew"), GRADLE),
                build(project, "build.gradle", List.of("gradle"), GRADLE),
                build(project, "build.gradle.kts", List.of("gradle"), GRADLE))) {
            if (!build.isEmpty()) {
                return build;
            }
        }
        throw new DiagnosticException(Diagnostic.error(
                "CLI060",
                Location.named(name),
                "has no build that is known: no mvnw, pom.xml, gradlew or build.gradle in the project's folder",
                "say how it is built, --build \"make jar\", or give what it built with --before or --after"));
    }

    private static List<String> build(Path project, String file, List<String> program, List<String> words) {
        if (!Files.isRegularFile(project.resolve(file))) {
            return List.of();
        }
        var all = new ArrayList<>(program);
        all.addAll(words);
        return all;
    }

    private static Diagnostic failed(String name, List<String> words, String how, String remedy) {
        return Diagnostic.error(
                "CLI061", Location.named(name), "could not be built: " + String.join(" ", words) + " " + how, remedy);
    }

    /// The last lines that the build printed.
    private static String told(Path log) throws IOException {
        try (var file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - TOLD_BYTES));
            var bytes = ByteBuffer.allocate(TOLD_BYTES);
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // Until all of it is there.
            }
            var lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.replaceAll("\\p{Cntrl}", ""))
                    .toList();
            return lines.isEmpty()
                    ? ""
                    : ", saying at last\n    "
                            + String.join("\n    ", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()))
                            + "\n ";
        }
    }
}
