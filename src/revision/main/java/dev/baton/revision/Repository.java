package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A repository of sources on this machine, read through its own program. Nothing in it is written, no hook, filter,
/// pager or alias that its configuration names is run, and nothing is fetched.
///
/// A revision is named by its id, whole or at least seven digits of it, or by what the repository lists: branches, tags
/// and bookmarks; `HEAD` for Git, `.` and `tip` for Mercurial. `~N` and `^N` may follow, for ancestors. Whatever else
/// these programs understand, options and expressions above all, is refused: no text of a caller ever reaches them
/// but hexadecimal digits and, after `--`, paths.
///
/// What goes wrong ends in a [dev.baton.diagnostic.DiagnosticException] with REV001 to REV008.
public sealed interface Repository permits GitRepository, MercurialRepository {

    /// The folder with `.git` or `.hg`.
    Path root();

    /// `git` or `hg`.
    String system();

    /// The state of the files in the working copy; nothing where nothing was committed yet.
    Optional<Revision> workingCopy();

    /// The revision of a name, as it was committed.
    Revision revision(String name);

    /// The files that differ between two revisions, by path.
    List<FileChange> changes(String from, String to);

    /// The contents of files at a revision, by path: of one file or of all in a folder; none where neither is there. A
    /// symbolic link's is where it points.
    ///
    /// @param under a path from the root, with `/`; empty for all files
    SortedMap<String, byte[]> contents(String revision, String under);

    /// Writes the files of a revision into a folder, which it makes. Submodules and nested repositories stay out.
    ///
    /// @param folder outside of the repository
    void export(String revision, Path folder) throws IOException;

    /// Writes the files of the working copy into a folder, as [#export] does, with what is not committed yet: neither
    /// what is built nor what is ignored.
    default void exportWorkingCopy(Path folder) throws IOException {
        var copy = workingCopy();
        if (copy.isEmpty()) {
            throw new DiagnosticException(RevisionFindings.unknown("the working copy", root(), List.of()));
        }
        export(copy.get().id(), folder);
        var changes = copy.get().changes();
        for (var change : changes) {
            if (change.kind() == FileChange.Kind.DELETED) {
                // First: where a symbolic link was, a folder may be now.
                Files.deleteIfExists(folder.resolve(change.path()));
            }
        }
        for (var change : changes) {
            var from = root().resolve(change.path());
            var to = folder.resolve(change.path());
            if (change.kind() != FileChange.Kind.DELETED && !Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(to.getParent());
                Files.copy(
                        from,
                        to,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /// Who signed a revision, as its good signature says: by `git commit -S`, `hg sign`. Only the keys that this user
    /// keeps are asked, and never what the repository's own configuration says about them.
    ///
    /// @throws DiagnosticException REV012 when it has no good signature, or nothing is there to verify one
    String signer(String revision);

    /// The content of one file at a revision.
    default Optional<byte[]> content(String revision, String path) {
        return Optional.ofNullable(contents(revision, path).get(SourcePath.normal(path)));
    }
}
