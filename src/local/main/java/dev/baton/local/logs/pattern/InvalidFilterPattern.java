package dev.baton.local.logs.pattern;

import java.util.Objects;

/// A text that is no filter pattern, and why.
public final class InvalidFilterPattern extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidFilterPattern(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
