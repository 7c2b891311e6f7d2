package dev.baton.policy;

import java.util.Locale;

/// What may be asked for, by the names that it has in policies: `Baton::Action::"start"`.
public enum PolicyAction {
    /// A run that was never started.
    START,
    /// A run that has ended, once more.
    RERUN,
    /// Tasks of a run, also where they are fresh.
    FORCE,
    /// Many runs at once.
    BACKFILL,
    /// An execution that failed, from where it failed.
    REDRIVE,
    /// To end an execution that runs.
    STOP,
    /// To say yes or no where an approval is waited for.
    APPROVE,
    /// To put code, or policies, into an environment.
    DEPLOY,
    /// To see runs, histories, records and logs.
    READ;

    /// As it stands in policies.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
