package dev.baton.cli.output;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.Set;

/// A refusal of the file system: what the file system refuses, as a finding.
public final class FileFailure {
    /// What the JDK tells in the system's words and without the file, because it happens when a file is written to.
    private static final Set<String> WHILE_WRITING =
            Set.of("No space left on device", "Disk quota exceeded", "Read-only file system", "File too large");

    private FileFailure() {}

    /// Nothing where it was not the file system.
    public static Optional<Diagnostic> of(Throwable failure) {
        var cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return switch (cause) {
            case FileSystemException refused ->
                Optional.of(finding(String.valueOf(refused.getFile()), reason(refused)));
            case IOException writing
            when writing.getMessage() != null && WHILE_WRITING.contains(writing.getMessage()) ->
                Optional.of(finding("the file system", "cannot be written to: " + writing.getMessage()));
            case null, default -> Optional.empty();
        };
    }

    private static Diagnostic finding(String place, String message) {
        return Diagnostic.error(
                "CLI009",
                Location.named(place),
                message,
                "give another path, make room, or give yourself the right to use it");
    }

    private static String reason(FileSystemException refused) {
        return switch (refused) {
            case NoSuchFileException gone -> "cannot be made or read: it, or the folder that it is in, is not there";
            case AccessDeniedException denied -> "cannot be read or written by you";
            case FileAlreadyExistsException there -> "is a file; a folder is needed there";
            case NotDirectoryException none -> "is not a folder";
            default ->
                "cannot be used: " + (refused.getReason() == null ? "the system refuses it" : refused.getReason());
        };
    }
}
