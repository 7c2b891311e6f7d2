package dev.baton.local.ecs;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// The content of an image.
public sealed interface ContainerCode {

    /// A program that is an object of this process.
    ///
    /// @param program makes the program from the container's environment variables; what it returns is the exit code
    record InProcess(Function<Map<String, String>, IntSupplier> program) implements ContainerCode {}

    /// Files, for a JVM of its own.
    ///
    /// @param root the folder in which the container's command is run; its `java` is this JVM's
    record Unpacked(Path root) implements ContainerCode {}
}
