package dev.baton.cli.artefact;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files that a call names.
public final class InputFiles {
    private InputFiles() {}

    /// @throws DiagnosticException CLI002 when it is not there or no file
    public static void require(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI002",
                    Location.named(file.toString()),
                    Files.isDirectory(file)
                            ? "is a folder, not a file"
                            : Files.exists(file) ? "cannot be read by you" : "there is no such file",
                    "give the path of a file"));
        }
    }

    /// @throws DiagnosticException CLI002 when it is not there or no folder
    public static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI002",
                    Location.named(folder.toString()),
                    Files.exists(folder) ? "is not a folder" : "there is no such folder",
                    "give the path of a folder"));
        }
    }

    /// The text of a file.
    ///
    /// @throws DiagnosticException CLI002, or CLI003 when it is not UTF-8
    public static String text(Path file) throws IOException {
        require(file);
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI003", Location.named(file.toString()), "is not UTF-8 text", "save it as UTF-8"));
        }
    }
}
