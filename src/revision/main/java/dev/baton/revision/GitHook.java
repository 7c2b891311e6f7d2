package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/// The file of one hook of Git.
record GitHook(Path file) {
    private static final String MARK = "# Calls Baton. Without it, the hook is what lies beside it, .before-baton.";
    private static final String KEPT = ".before-baton";
    /// Those that Git tells what was pushed or rewritten.
    private static final Set<String> READ = Set.of("pre-push", "pre-receive", "post-receive", "post-rewrite");

    private static final String SCRIPT = """
            #!/bin/sh
            %s
            before="$0%s"
            if [ -x "$before" ]; then "$before" "$@" || exit $?; fi
            exec %s "$@"
            """;
    /// Both read the same.
    private static final String READING = """
            #!/bin/sh
            %s
            before="$0%s"
            told=$(cat; echo .)
            if [ -x "$before" ]; then printf %%s "${told%%.}" | "$before" "$@" || exit $?; fi
            printf %%s "${told%%.}" | %s "$@"
            """;

    /// @param words as a shell reads them
    void install(String words) throws IOException {
        if (isThere(file) && !isOurs()) {
            if (isThere(kept())) {
                throw new DiagnosticException(RevisionFindings.hookInTheWay(
                        file, "it is another one than Baton wrote, and " + kept().getFileName() + " is kept already"));
            }
            Files.move(file, kept());
        }
        var script = (READ.contains(file.getFileName().toString()) ? READING : SCRIPT).formatted(MARK, KEPT, words);
        FileReplacement.write(file, script.getBytes(StandardCharsets.UTF_8), true);
    }

    void remove() throws IOException {
        if (isOurs()) {
            if (isThere(kept())) {
                Files.move(kept(), file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(file);
            }
        } else if (isThere(file) && isThere(kept())) {
            throw new DiagnosticException(RevisionFindings.hookInTheWay(
                    file, "it is another one than Baton wrote, and " + kept().getFileName() + " is kept beside it"));
        }
    }

    boolean isOurs() throws IOException {
        return Files.isRegularFile(file)
                && Files.readString(file, StandardCharsets.ISO_8859_1).lines().anyMatch(MARK::equals);
    }

    private Path kept() {
        return file.resolveSibling(file.getFileName() + KEPT);
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
