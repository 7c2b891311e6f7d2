package dev.baton.lambda.internal.session;

import java.util.Locale;

/// The closeness with which a session policy fits what the attempt needs.
public enum SessionFit {
    /// To the very keys.
    KEYS,
    /// To prefixes of the keys: they were too many or too long for a session policy.
    PREFIXES,
    /// Not beyond the role's own policy.
    ROLE;

    /// The word for it in a completion record.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
