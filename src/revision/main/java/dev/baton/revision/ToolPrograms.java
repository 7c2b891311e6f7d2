package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The programs of Git and Mercurial: where they are, and how much of their time and words is taken.
///
/// @param path absolute folders: a relative one would lead into the repository that is read
/// @param patience the longest that one call takes
/// @param most bytes of an answer
record ToolPrograms(List<Path> path, Duration patience, int most) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 64 << 20;

    static ToolPrograms ofThisMachine() {
        var entries = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator);
        return new ToolPrograms(
                Stream.of(entries)
                        .map(ToolPrograms::absolute)
                        .filter(Objects::nonNull)
                        .toList(),
                PATIENCE,
                MOST);
    }

    private static @Nullable Path absolute(String entry) {
        try {
            var folder = Path.of(entry);
            return !entry.isEmpty() && folder.isAbsolute() ? folder : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /// The program, if it is installed.
    Optional<Path> maybe(String program) {
        return path.stream()
                .flatMap(folder -> Stream.of(folder.resolve(program), folder.resolve(program + ".exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /// @param repository whose program it is, for the finding
    /// @throws DiagnosticException REV001 when it is not installed
    Path find(String program, Path repository) {
        return maybe(program)
                .orElseThrow(() -> new DiagnosticException(RevisionFindings.notInstalled(program, repository)));
    }
}
