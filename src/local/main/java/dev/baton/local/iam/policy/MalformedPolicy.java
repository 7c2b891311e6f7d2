package dev.baton.local.iam.policy;

import dev.baton.diagnostic.Diagnostic;
import java.util.List;

/// A text that is not a policy, with every finding. AWS calls it `MalformedPolicyDocument`.
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> findings;

    public MalformedPolicy(String message, List<Diagnostic> findings) {
        super(message);
        this.findings = List.copyOf(findings);
    }

    public List<Diagnostic> findings() {
        return findings;
    }
}
