package dev.baton.asl.definition;

import dev.baton.asl.Finding;
import dev.baton.asl.State;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed state: what the text of a single state turned out to be.
///
/// @param state null when the text is too far from a state; it may be there although a finding is an error
public record StateDefinition(@Nullable State state, List<Finding> findings) {

    public StateDefinition {
        findings = List.copyOf(findings);
    }

    /// Whether no finding is an error.
    public boolean isValid() {
        return state != null
                && findings.stream().noneMatch(finding -> finding.diagnostic().isError());
    }

    public List<Diagnostic> diagnostics() {
        return findings.stream().map(Finding::diagnostic).toList();
    }

    /// The state.
    ///
    /// @throws DiagnosticException with all findings when one of them is an error
    public State orThrow() {
        if (state == null || !isValid()) {
            throw new DiagnosticException(diagnostics());
        }
        return state;
    }
}
