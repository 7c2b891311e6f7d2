package dev.baton.local.lambda.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The folder of all functions' temporary files, with what runtimes need of their own: each is put there for the first
/// function that runs on it.
final class Workshop {
    private final Path folder;
    private final JavaRuntime java;
    private final Map<ScriptLanguage, FunctionRuntime> scripts = new EnumMap<>(ScriptLanguage.class);
    private @Nullable FunctionRuntime ofJava;

    Workshop(Path folder, JavaRuntime java) {
        this.folder = folder;
        this.java = java;
    }

    Path folder() {
        return folder;
    }

    /// @param name as Lambda has it, such as `python3.13`
    /// @throws IllegalStateException where the interpreter is gone
    synchronized FunctionRuntime runtime(String name) throws IOException {
        var language = ScriptLanguage.of(name);
        if (language == null) {
            if (ofJava == null) {
                ofJava = new FunctionRuntime.OfJava(java, java.unpackNativeClient(folder));
            }
            return ofJava;
        }
        var known = scripts.get(language);
        if (known == null) {
            known = script(language);
            scripts.put(language, known);
        }
        return known;
    }

    private FunctionRuntime script(ScriptLanguage language) throws IOException {
        var interpreter = Interpreter.of(language)
                .orElseThrow(() -> new IllegalStateException(language.program() + " is not on the PATH"));
        var file = folder.resolve(language.bootstrap());
        try (var bootstrap = Workshop.class.getResourceAsStream(language.bootstrap())) {
            if (bootstrap == null) {
                throw new IllegalStateException(language.bootstrap() + " is not there");
            }
            Files.copy(bootstrap, file);
        }
        return new FunctionRuntime.OfScript(interpreter, file);
    }
}
