package dev.baton.local.ecs;

import dev.baton.local.logs.LogStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A container as a JVM of this machine. It has the variables it is given and nothing of this process's, a folder of
/// its own for temporary files, and as much memory as its task.
final class ContainerProcess {
    /// ECS sends SIGTERM, and this long after it SIGKILL.
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final Path temporary;
    private final Thread reader;

    private ContainerProcess(Process process, Path temporary, LogStream log) {
        this.process = process;
        this.temporary = temporary;
        this.reader = Thread.ofVirtual().name("container-log").start(() -> read(process, log));
    }

    /// @param root where the command runs
    /// @param command such as `java -cp lib/* dev.baton.lambda.TaskContainer`
    /// @param options for the JVM
    static ContainerProcess start(
            Path root,
            List<String> command,
            List<String> options,
            int memoryMegabytes,
            Map<String, String> environment,
            LogStream log)
            throws IOException {
        var temporary = Files.createTempDirectory("baton-container-");
        var all = new ArrayList<>(command);
        if (all.getFirst().equals("java")) {
            all.removeFirst();
            all.addAll(0, options);
            all.addAll(
                    0,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // What the JVM reads from its control group in a container.
                            "-XX:MaxRAM=" + memoryMegabytes + "m",
                            "-Djava.io.tmpdir=" + temporary));
        }
        var builder = new ProcessBuilder(all)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("TMPDIR", temporary.toString());
        try {
            return new ContainerProcess(builder.start(), temporary, log);
        } catch (IOException e) {
            delete(temporary);
            throw e;
        }
    }

    /// Waits for its end.
    ///
    /// @return the exit code
    int await() throws InterruptedException {
        var code = process.waitFor();
        reader.join(Duration.ofSeconds(1));
        delete(temporary);
        return code;
    }

    /// Asks it to end, and makes it end when it does not.
    void stop() {
        process.destroy();
        process.onExit()
                .orTimeout(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    process.destroyForcibly();
                    return process;
                });
    }

    private static void read(Process process, LogStream log) {
        try (var text = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = text.readLine(); line != null; line = text.readLine()) {
                log.add(line);
            }
        } catch (IOException e) {
            // It was killed; what it had written was read.
            return;
        }
    }

    private static void delete(Path folder) {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // Temporary files that somebody still holds are left to the system.
            return;
        }
    }
}
