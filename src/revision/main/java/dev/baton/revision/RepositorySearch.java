package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the repository that a folder lies in.
public final class RepositorySearch {
    private RepositorySearch() {}

    /// The nearest one at or above a folder. A folder with both systems is Git's.
    public static Optional<Repository> around(Path folder) {
        return around(folder, ToolPrograms.ofThisMachine());
    }

    /// The nearest one at or above a folder.
    ///
    /// @throws DiagnosticException REV011 when there is none
    public static Repository require(Path folder) {
        return around(folder).orElseThrow(() -> new DiagnosticException(RevisionFindings.noRepository(folder)));
    }

    static Optional<Repository> around(Path folder, ToolPrograms programs) {
        for (var at = real(folder); at != null; at = at.getParent()) {
            // A worktree's or a submodule's .git is a file.
            if (Files.exists(at.resolve(".git"))) {
                return Optional.of(new GitRepository(at, programs));
            }
            if (Files.isDirectory(at.resolve(".hg"))) {
                return Optional.of(new MercurialRepository(at, programs));
            }
        }
        return Optional.empty();
    }

    private static Path real(Path folder) {
        try {
            return Files.exists(folder)
                    ? folder.toRealPath()
                    : folder.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
