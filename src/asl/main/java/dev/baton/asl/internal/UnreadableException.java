package dev.baton.asl.internal;

/// A definition that cannot become a model. The validation says why, with the place; this only ends the reading.
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}
