package dev.baton.local.http;

import dev.baton.local.iam.policy.Decision;

/// A request that may not pass. Its message is what AWS answers.
public final class AccessDenied extends ServiceRefusal {
    private static final long serialVersionUID = 1;

    private final transient Decision decision;

    public AccessDenied(Decision decision) {
        super(decision.message());
        this.decision = decision;
    }

    public Decision decision() {
        return decision;
    }

    @Override
    public AwsError error() {
        return Problem.ACCESS_DENIED.error(message());
    }
}
