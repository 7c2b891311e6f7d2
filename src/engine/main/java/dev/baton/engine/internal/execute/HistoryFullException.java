package dev.baton.engine.internal.execute;

/// The execution has as many events as it may have, but for the last that says so.
final class HistoryFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HistoryFullException() {
        super(
                "The execution reached the maximum number of history events (" + EventLog.LIMIT + ").",
                null,
                false,
                false);
    }
}
