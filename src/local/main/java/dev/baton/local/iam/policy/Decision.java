package dev.baton.local.iam.policy;

import org.jspecify.annotations.Nullable;

/// Whether a request may pass, and why.
///
/// @param layer whose statement decided, or which lacked an allow
/// @param statement what decided, such as `statement ReadInput of inline policy read`, or null where none matched
/// @param message for a denial what AWS answers after `AccessDenied:`; for an allow empty
/// @param explanation for people: which statement decided, or which layer lacked an allow and what came nearest
public record Decision(
        Outcome outcome, Layer layer, @Nullable String statement, String message, String explanation) {

    /// What was decided.
    public enum Outcome {
        ALLOW,
        EXPLICIT_DENY,
        IMPLICIT_DENY
    }

    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }
}
