package dev.baton.local.lambda.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An interpreter that is installed on this machine. It runs functions of every version of its language.
///
/// @param program where it really is: what `PATH` has may be a script that finds it by variables of this process
/// @param version such as `3.11.7`
public record Interpreter(ScriptLanguage language, Path program, String version) {
    private static final Map<ScriptLanguage, Optional<Interpreter>> FOUND = new ConcurrentHashMap<>();

    /// The one on this process's `PATH`, which is looked for once; nothing where there is none.
    public static Optional<Interpreter> of(ScriptLanguage language) {
        return FOUND.computeIfAbsent(language, absent -> find(language, System.getenv("PATH")));
    }

    /// @param searched folders, as `PATH` has them
    static Optional<Interpreter> find(ScriptLanguage language, String searched) {
        for (var folder : Objects.requireNonNullElse(searched, "").split(File.pathSeparator, -1)) {
            var program = folder.isEmpty() ? null : Path.of(folder, language.program());
            if (program != null && Files.isExecutable(program) && !Files.isDirectory(program)) {
                var asked = ask(language, program);
                if (asked.isPresent()) {
                    return asked;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Interpreter> ask(ScriptLanguage language, Path program) {
        var command = new ArrayList<>(language.probe());
        command.addFirst(program.toString());
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return process.waitFor() == 0 && lines.size() == 2
                    ? Optional.of(new Interpreter(language, Path.of(lines.get(0)), lines.get(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// As logs name it, such as `python:3.11.7`.
    public String label() {
        return (language == ScriptLanguage.PYTHON ? "python:" : "nodejs:") + version;
    }
}
