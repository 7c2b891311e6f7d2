package dev.baton.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/// Work that could not be done, with every finding that says why. Its message is for people; nobody needs its stack.
public final class DiagnosticException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    public DiagnosticException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    public DiagnosticException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    /// Every finding, warnings too, in the order of finding.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
