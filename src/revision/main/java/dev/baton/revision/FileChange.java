package dev.baton.revision;

import java.util.Locale;

/// One file that is another one than before.
///
/// @param path from the repository's root, with `/`
public record FileChange(Kind kind, String path) implements Comparable<FileChange> {

    /// The kinds of changes of a file. A renamed one is deleted and added.
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        /// Neither held by the repository nor ignored: a build takes it like the others.
        UNTRACKED;

        /// As documents have it: `modified`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int compareTo(FileChange other) {
        var byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return kind.word() + " " + path;
    }
}
