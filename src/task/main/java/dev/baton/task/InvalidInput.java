package dev.baton.task;

/// An execution or invocation that was asked for with something that it cannot be asked for with. Its message is a
/// sentence that says what was expected. It is never retried.
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInput(String message) {
        super(message);
    }
}
