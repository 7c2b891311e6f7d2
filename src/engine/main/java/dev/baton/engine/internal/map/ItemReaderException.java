package dev.baton.engine.internal.map;

/// Items that cannot be read; its message is the cause of `States.ItemReaderFailed`.
public final class ItemReaderException extends Exception {
    private static final long serialVersionUID = 1;

    ItemReaderException(String message) {
        super(message, null, false, false);
    }
}
