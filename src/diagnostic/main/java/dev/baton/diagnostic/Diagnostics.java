package dev.baton.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Gathers findings, so that all of them are reported and never the first only.
public final class Diagnostics {
    private final List<Diagnostic> found = new ArrayList<>();

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    public void addAll(Collection<Diagnostic> diagnostics) {
        found.addAll(diagnostics);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Diagnostic::isError);
    }

    /// What was found so far, in the order of finding.
    public List<Diagnostic> all() {
        return List.copyOf(found);
    }

    /// Ends the work if anything found is an error.
    ///
    /// @throws DiagnosticException with everything that was found, warnings too
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new DiagnosticException(found);
        }
    }
}
