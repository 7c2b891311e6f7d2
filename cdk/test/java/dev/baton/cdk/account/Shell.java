package dev.baton.cdk.account;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A shell that is given one line after another, as a person types them.
///
/// @param variables of its environment, besides those of this process; `export` adds some
record Shell(Path folder, Map<String, String> variables) {
    private static final long PATIENCE_SECONDS = 600;

    /// What came of a line.
    ///
    /// @param text of both streams
    record Told(int exit, String text) {}

    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    Told run(String line) throws IOException, InterruptedException {
        if (line.startsWith("export ")) {
            for (var assignment : line.substring("export ".length()).split(" ")) {
                var parts = assignment.split("=", 2);
                variables.put(parts[0], parts[1]);
            }
            return new Told(0, "");
        }
        var output = Files.createTempFile(folder, "told", ".txt");
        var builder = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("BATON_"));
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Told(-1, Files.readString(output, StandardCharsets.UTF_8) + "\nno end");
        }
        return new Told(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
