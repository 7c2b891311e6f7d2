package dev.baton.revision;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/// Writes files whole or not at all.
final class FileReplacement {
    private FileReplacement() {}

    /// @param executable whether everybody who reads the file may run it
    static void write(Path file, byte[] content, boolean executable) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(file.getParent());
        var making = file.resolveSibling(file.getFileName() + ".new");
        Files.write(making, content);
        if (executable) {
            making.toFile().setExecutable(true, false);
        }
        try {
            Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(making, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
