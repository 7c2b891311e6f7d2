package dev.baton.local.lambda.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A language whose functions an interpreter of this machine runs.
public enum ScriptLanguage {
    PYTHON(
            "python3",
            "bootstrap.py",
            "-c",
            "import sys, platform; print(sys.executable); print(platform.python_version())"),
    NODE("node", "bootstrap.mjs", "-p", "process.execPath + '\\n' + process.versions.node");

    private final String program;
    private final String bootstrap;
    private final String option;
    private final String probe;

    /// @param program the interpreter's name
    /// @param bootstrap the resource that loads handlers and runs invocations
    /// @param option that code follows
    /// @param probe code that prints where the interpreter is and its version, a line each
    ScriptLanguage(String program, String bootstrap, String option, String probe) {
        this.program = program;
        this.bootstrap = bootstrap;
        this.option = option;
        this.probe = probe;
    }

    public String program() {
        return program;
    }

    String bootstrap() {
        return bootstrap;
    }

    /// Arguments with which the interpreter tells of itself.
    List<String> probe() {
        return List.of(option, probe);
    }

    /// The language of a runtime; null where it is of Java.
    ///
    /// @param runtime as Lambda names it, such as `python3.13` or `nodejs22.x`
    public static @Nullable ScriptLanguage of(String runtime) {
        return runtime.startsWith("python") ? PYTHON : runtime.startsWith("nodejs") ? NODE : null;
    }
}
