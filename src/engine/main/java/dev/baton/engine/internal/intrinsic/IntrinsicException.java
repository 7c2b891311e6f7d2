package dev.baton.engine.internal.intrinsic;

/// An intrinsic function that has no value for its arguments; its message is part of the state's cause.
final class IntrinsicException extends Exception {
    private static final long serialVersionUID = 1;

    IntrinsicException(String message) {
        super(message, null, false, false);
    }
}
