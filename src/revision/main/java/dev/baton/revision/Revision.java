package dev.baton.revision;

import java.time.Instant;
import java.util.List;

/// One state of the sources: a changeset, and for a working copy what it has beyond it.
///
/// @param system `git` or `hg`
/// @param id the whole id, 40 or 64 hexadecimal digits
/// @param branch the branch of the working copy, or, for Mercurial, of the changeset; empty where there is none
/// @param tags that name this changeset, sorted, without Mercurial's `tip`
/// @param time when it was committed, to the second
/// @param message the first line
/// @param parents their ids; two and more for a merge, none for the first
/// @param dirty whether the working copy is not what this changeset holds; an unfinished merge is dirty without a file
/// @param changes the files that make it dirty, by path; of a stamp, the first [#MOST_CHANGES]
/// @param changed how many files there are
/// @param remote where it was cloned from, without credentials; may be empty
public record Revision(
        String system,
        String id,
        String branch,
        List<String> tags,
        Author author,
        Instant time,
        String message,
        List<String> parents,
        boolean dirty,
        List<FileChange> changes,
        int changed,
        String remote) {
    /// So many changed files a document names.
    public static final int MOST_CHANGES = 100;

    private static final int SHORT = 12;

    public Revision {
        tags = List.copyOf(tags);
        parents = List.copyOf(parents);
        changes = List.copyOf(changes);
    }

    /// This with what a working copy has beyond it.
    Revision with(String inBranch, List<FileChange> beyond, boolean merging) {
        return new Revision(
                system,
                id,
                inBranch,
                tags,
                author,
                time,
                message,
                parents,
                merging || !beyond.isEmpty(),
                beyond.stream().sorted().toList(),
                beyond.size(),
                remote);
    }

    /// Short, as people read it: `1a2b3c4d5e6f on main, with 2 uncommitted changes`.
    @Override
    public String toString() {
        return id.substring(0, Math.min(SHORT, id.length()))
                + (branch.isEmpty() ? "" : " on " + branch)
                + (tags.isEmpty() ? "" : ", tagged " + String.join(", ", tags))
                + (!dirty ? "" : changed == 0 ? ", with an unfinished merge" : ", with " + changes(changed));
    }

    private static String changes(int number) {
        return number == 1 ? "1 uncommitted change" : number + " uncommitted changes";
    }
}
