package dev.baton.revision;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// The wording of every finding about repositories, stamps and hooks.
final class RevisionFindings {
    private static final int LONGEST = 200;
    private static final int LISTED = 8;

    private RevisionFindings() {}

    static Diagnostic notInstalled(String program, Path repository) {
        return Diagnostic.error(
                "REV001",
                at(repository),
                "is a repository of " + system(program) + ", but the program " + program + " is not on the PATH",
                "install " + (program.equals("hg") ? "mercurial" : "git")
                        + ", or leave out what asks for revisions: nothing else needs it");
    }

    static Diagnostic refused(String name, String why) {
        return Diagnostic.error(
                "REV002",
                Location.named(shown(name)),
                "is not taken as the name of a revision: " + why,
                "give an id of at least " + RevisionName.SHORTEST
                        + " hexadecimal digits, or a branch or tag that the repository lists, with ~N or ^N where an"
                        + " ancestor is meant");
    }

    static Diagnostic noPath(String path) {
        return Diagnostic.error(
                "REV002",
                Location.named(shown(path)),
                "is not taken as a path: it leads out of the sources",
                "give a path from the root of the repository, such as src/main");
    }

    static Diagnostic unknown(String name, Path repository, Collection<String> listed) {
        var some = listed.stream().limit(LISTED).collect(Collectors.joining(", "));
        return Diagnostic.error(
                "REV003",
                Location.named(shown(name)),
                "is no revision of the repository " + repository
                        + (some.isEmpty()
                                ? ", which lists no names"
                                : ", which lists " + some
                                        + (listed.size() > LISTED
                                                ? " and " + (listed.size() - LISTED) + " more names"
                                                : "")),
                "give one of its names or ids; where it is of another clone, fetch it first");
    }

    static Diagnostic ambiguous(String name, Collection<String> meanings) {
        return Diagnostic.error(
                "REV004",
                Location.named(shown(name)),
                "stands for several revisions: "
                        + meanings.stream().limit(LISTED).collect(Collectors.joining(", ")),
                "give the whole id, or for Git the full name, such as refs/heads/main");
    }

    static Diagnostic notTrusted(Path repository, String complaint) {
        return Diagnostic.error(
                "REV005",
                at(repository),
                "belongs to another user, so that git does not read it: " + firstLine(complaint),
                "where you trust it, run git config --global --add safe.directory " + repository);
    }

    static Diagnostic failed(String program, Path repository, List<String> words, int exit, String complaint) {
        return complaint.contains("safe.directory")
                ? notTrusted(repository, complaint)
                : Diagnostic.error(
                        "REV006",
                        at(repository),
                        "cannot be read: " + call(program, words) + " ended with " + exit
                                + (complaint.isEmpty() ? "" : ", saying " + firstLine(complaint)),
                        "mend what " + program + " complains of there");
    }

    static Diagnostic notCalled(String program, Path repository, Exception problem) {
        return Diagnostic.error(
                "REV006",
                at(repository),
                "cannot be read: " + program + " cannot be called: " + firstLine(String.valueOf(problem.getMessage())),
                "see that " + program + " --version works there");
    }

    static Diagnostic unexpected(String program, Path repository, String answer) {
        return Diagnostic.error(
                "REV006",
                at(repository),
                "cannot be read: " + program + " answered what nobody expects, " + firstLine(answer),
                "see that " + program
                        + " --version is not older than Git 2.39 or Mercurial 6.3, with which Baton was tried");
    }

    static Diagnostic tooSlow(String program, Path repository, List<String> words, Duration patience) {
        return Diagnostic.error(
                "REV007",
                at(repository),
                "cannot be read: " + call(program, words) + " gave no answer within " + patience.toMillis() + " ms",
                "see what keeps " + program + " busy there: a lock, a network drive, very many files");
    }

    static Diagnostic tooLong(String program, Path repository, List<String> words, int most) {
        return Diagnostic.error(
                "REV008",
                at(repository),
                "cannot be read: " + call(program, words) + " answered more than " + most + " bytes",
                "have the repository ignore what is built, or ask for less of it");
    }

    static Diagnostic noStamp(String artefact, String why) {
        return Diagnostic.error(
                "REV009",
                Location.named(artefact),
                "holds a " + Stamp.PATH + " that is none: " + why,
                "build it again with the version of Baton that reads it, or take the file out");
    }

    static Diagnostic hookInTheWay(Path file, String why) {
        return Diagnostic.error(
                "REV010",
                at(file),
                "cannot take the hook: " + why,
                "take it away by hand, or call Baton from the hook that is there");
    }

    static Diagnostic noRepository(Path folder) {
        return Diagnostic.error(
                "REV011",
                at(folder),
                "lies in no repository of Git or Mercurial: neither it nor a folder above has .git or .hg",
                "name the folder of the sources, --repository DIR");
    }

    static Diagnostic notSigned(String revision, String why) {
        return Diagnostic.error(
                "REV012",
                Location.named(revision),
                shown(why),
                "sign it with a key that this user's keyring, or list of allowed signers, has: git commit -S, hg sign");
    }

    private static Location at(Path place) {
        return Location.named(place.toString());
    }

    private static String system(String program) {
        return program.equals("hg") ? "Mercurial" : "Git";
    }

    /// Without what is the same in every call.
    private static String call(String program, List<String> words) {
        return program + " "
                + words.stream()
                        .filter(word -> !word.startsWith("-"))
                        .filter(word -> !word.contains("="))
                        .findFirst()
                        .orElse("");
    }

    private static String firstLine(String text) {
        return shown(text.strip().lines().findFirst().orElse("nothing"));
    }

    /// On one line, and not all of what may be very long.
    private static String shown(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return line.isEmpty() ? "\"\"" : line.toString();
    }
}
