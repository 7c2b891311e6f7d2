package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The answer of `git status` about a working copy.
///
/// @param id the commit; empty where nothing was committed yet
/// @param branch empty where it is at a commit and not on a branch
/// @param changes files that are modified, added, deleted, or neither held nor ignored; those in submodules too
/// @param merging whether a merge is unfinished
record GitStatus(String id, String branch, List<FileChange> changes, boolean merging) {
    private static final String ID = "# branch.oid ";
    private static final String BRANCH = "# branch.head ";

    static GitStatus of(Path root, ToolPrograms programs, GitSettings settings) {
        if (!settings.unspeakable().isEmpty()) {
            throw new DiagnosticException(RevisionFindings.unexpected("git", root, settings.unspeakable()));
        }
        var git = new GitCalls(root, programs, settings.withoutFilters());
        var id = "";
        var branch = "";
        var changes = new ArrayList<FileChange>();
        // Git would read submodules with what their own configuration says.
        for (var entry : git.answer(
                        "status",
                        "--porcelain=v2",
                        "--branch",
                        "-z",
                        "--untracked-files=all",
                        "--ignored=no",
                        "--no-renames",
                        "--ignore-submodules=dirty")
                .parts()) {
            switch (entry.charAt(0)) {
                case '#' -> {
                    id = entry.startsWith(ID) ? entry.substring(ID.length()) : id;
                    branch = entry.startsWith(BRANCH) ? entry.substring(BRANCH.length()) : branch;
                }
                case '1' -> changes.add(change(entry, 9));
                case 'u' -> changes.add(change(entry, 11));
                default -> changes.add(change(entry, 2));
            }
        }
        if (Files.exists(root.resolve(".gitmodules"))) {
            changes.addAll(ofSubmodules(root, git, programs));
        }
        return new GitStatus(
                RevisionName.isWhole(id) ? id : "",
                branch.equals("(detached)") ? "" : branch,
                changes,
                Files.exists(folder(root).resolve("MERGE_HEAD")));
    }

    private static List<FileChange> ofSubmodules(Path root, GitCalls git, ToolPrograms programs) {
        var changes = new ArrayList<FileChange>();
        for (var entry : git.answer("ls-files", "--stage", "-z").parts()) {
            var path = entry.substring(entry.indexOf('\t') + 1);
            var folder = root.resolve(path);
            if (entry.startsWith("160000 ") && Files.exists(folder.resolve(".git"))) {
                of(folder, programs, GitSettings.of(new GitCalls(folder, programs)))
                        .changes()
                        .forEach(change -> changes.add(new FileChange(change.kind(), path + "/" + change.path())));
            }
        }
        return changes;
    }

    /// @param fields of the entry, the path last
    private static FileChange change(String entry, int fields) {
        var parts = entry.split(" ", fields);
        return new FileChange(kind(fields == 2 ? "?" : parts[1]), parts[fields - 1]);
    }

    /// @param letters of a status or of a diff
    static FileChange.Kind kind(String letters) {
        if (letters.contains("?")) {
            return FileChange.Kind.UNTRACKED;
        }
        if (letters.contains("D")) {
            return FileChange.Kind.DELETED;
        }
        return letters.contains("A") ? FileChange.Kind.ADDED : FileChange.Kind.MODIFIED;
    }

    /// Where Git keeps what is of this working copy: `.git`, or the folder that a worktree's file of that name says.
    private static Path folder(Path root) {
        var git = root.resolve(".git");
        try {
            return Files.isRegularFile(git)
                    ? root.resolve(
                            Files.readString(git).replaceFirst("^gitdir:", "").strip())
                    : git;
        } catch (IOException e) {
            return git;
        }
    }
}
