package dev.baton.cli.proposal;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A proposal: texts by the paths that they would have in `statemachines`. What it does not name stays as it is.
///
/// @param files by path, such as `weather/definition.asl.json`
public record Proposal(SortedMap<String, String> files) {
    /// The most files, and characters of all of them together.
    static final int MOST_FILES = 500;

    static final int MOST_CHARACTERS = 4 * 1_048_576;
    private static final int LONGEST_PATH = 300;
    private static final Pattern PATH = Pattern.compile("(?!\\.)[A-Za-z0-9._-]+(/(?!\\.)[A-Za-z0-9._-]+)*");

    public Proposal {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// @throws DiagnosticException CLI165 when there are none or too many, or a path leads elsewhere
    public static Proposal of(Map<String, String> files) {
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw new DiagnosticException(
                    ProposalFindings.bounds(files.size() + " files", "from 1 to " + MOST_FILES + " files"));
        }
        var all = files.values().stream().mapToLong(String::length).sum();
        if (all > MOST_CHARACTERS) {
            throw new DiagnosticException(
                    ProposalFindings.bounds(all + " characters", "at most " + MOST_CHARACTERS + " characters"));
        }
        for (var path : files.keySet()) {
            if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
                throw new DiagnosticException(ProposalFindings.path(path));
            }
        }
        return new Proposal(new TreeMap<>(files));
    }

    /// The files of a folder; links are not followed.
    ///
    /// @throws DiagnosticException CLI165, CLI002 and CLI003
    public static Proposal read(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (var file : all.toList()) {
                var path = folder.relativize(file).toString().replace('\\', '/');
                if (Files.isSymbolicLink(file)) {
                    throw new DiagnosticException(ProposalFindings.link(path));
                }
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    if (files.size() >= MOST_FILES || Files.size(file) > MOST_CHARACTERS) {
                        throw new DiagnosticException(ProposalFindings.bounds(
                                "more", "at most " + MOST_FILES + " files and " + MOST_CHARACTERS + " characters"));
                    }
                    files.put(path, InputFiles.text(file));
                }
            }
        }
        return of(files);
    }

    /// The hash of all names and contents, in hex: what passed is this, and nothing that is changed later.
    public String sha256() {
        var text = new StringBuilder();
        files.forEach((path, content) ->
                text.append(path).append('\n').append(Sha256.hex(content)).append('\n'));
        return Sha256.hex(text.toString());
    }
}
