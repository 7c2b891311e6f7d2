package dev.baton.cli.artefact;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.revision.RepositorySearch;
import dev.baton.revision.Revision;
import dev.baton.revision.Stamp;
import dev.baton.run.SourceRevision;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;

/// The details of a revision that a completion record names: who made it, when, and what for.
public final class RevisionDetails {
    private RevisionDetails() {}

    /// Of the stamp of a task's artefact, where that is the same revision; else of the sources, where they have it.
    ///
    /// @param task its class
    /// @param sources a folder that may lie in a repository
    public static Optional<Revision> of(SourceRevision revision, Class<?> task, Path sources) {
        if (revision.id().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Stamp.of(FunctionPackage.source(task))
                    .filter(stamp -> stamp.id().equals(revision.id()))
                    .or(() -> RepositorySearch.around(sources)
                            .filter(repository -> repository.system().equals(revision.system()))
                            .map(repository -> repository.revision(revision.id())));
        } catch (DiagnosticException e) {
            // The record says what it says; more is only for people's convenience.
            return Optional.empty();
        }
    }

    /// On one line: `Ada Lovelace, 2026-11-30, tagged v1.2: Count what is sold`.
    public static String line(Revision revision) {
        var author = revision.author().name();
        return (author.isEmpty() ? revision.author().mail() : author)
                + ", "
                + revision.time().atOffset(ZoneOffset.UTC).toLocalDate()
                + (revision.tags().isEmpty() ? "" : ", tagged " + String.join(", ", revision.tags()))
                + ": "
                + revision.message();
    }
}
