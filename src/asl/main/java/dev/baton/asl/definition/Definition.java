package dev.baton.asl.definition;

import dev.baton.asl.Finding;
import dev.baton.asl.StateMachine;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed definition: a state machine, and everything that was found about it.
///
/// @param machine null when the text is too far from a state machine; it may be there although a finding is an error,
///     for tools that print or compare, so ask [#isValid] or take [#orThrow]
public record Definition(@Nullable StateMachine machine, List<Finding> findings) {

    public Definition {
        findings = List.copyOf(findings);
    }

    /// Whether the service would accept the definition: no finding is an error.
    public boolean isValid() {
        return machine != null
                && findings.stream().noneMatch(finding -> finding.diagnostic().isError());
    }

    public List<Diagnostic> diagnostics() {
        return findings.stream().map(Finding::diagnostic).toList();
    }

    /// The state machine.
    ///
    /// @throws DiagnosticException with all findings when one of them is an error
    public StateMachine orThrow() {
        if (machine == null || !isValid()) {
            throw new DiagnosticException(diagnostics());
        }
        return machine;
    }
}
