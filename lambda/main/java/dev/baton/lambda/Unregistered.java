package dev.baton.lambda;

/// A state could not begin to wait. Nothing has run yet, so trying again is not an attempt of the task's: the compiler
/// gives this error a retrier of its own.
public final class Unregistered extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param cause why it could not
    public Unregistered(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
