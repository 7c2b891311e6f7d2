package dev.baton.revision;

import dev.baton.diagnostic.DiagnosticException;
import java.util.List;
import java.util.Set;

/// The path of a file within a repository.
final class SourcePath {
    private static final Set<String> OUTSIDE = Set.of("..", ".git", ".hg");

    private SourcePath() {}

    /// The path with `/`, without an end or parts that say nothing.
    ///
    /// @throws DiagnosticException REV002 when it leads out of the sources
    static String normal(String path) {
        var parts = List.of(path.replace('\\', '/').split("/")).stream()
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (path.startsWith("/") || path.indexOf('\0') >= 0 || parts.stream().anyMatch(OUTSIDE::contains)) {
            throw new DiagnosticException(RevisionFindings.noPath(path));
        }
        return String.join("/", parts);
    }
}
