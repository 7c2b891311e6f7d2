package dev.baton.local.iam;

import dev.baton.local.iam.policy.Decision;

/// A request that may not pass. Its message is what AWS answers.
public final class AccessDenied extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Decision decision;

    public AccessDenied(Decision decision) {
        super(decision.message(), null, false, false);
        this.decision = decision;
    }

    public Decision decision() {
        return decision;
    }
}
