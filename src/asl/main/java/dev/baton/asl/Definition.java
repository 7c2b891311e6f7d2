package dev.baton.asl;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a text turned out to be: a state machine, and everything that was found about it.
///
/// @param machine null when a finding is an error
public record Definition(@Nullable StateMachine machine, List<Finding> findings) {

    public Definition {
        findings = List.copyOf(findings);
    }

    public boolean isValid() {
        return machine != null;
    }

    public List<Diagnostic> diagnostics() {
        return findings.stream().map(Finding::diagnostic).toList();
    }

    /// The state machine.
    ///
    /// @throws DiagnosticException with all findings when it is not valid
    public StateMachine orThrow() {
        if (machine == null) {
            throw new DiagnosticException(diagnostics());
        }
        return machine;
    }
}
