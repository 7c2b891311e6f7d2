package dev.baton.engine.execution;

/// A task token that completes nothing; its kind is the API's error name.
public final class TaskTokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why it completes nothing.
    public enum Kind {
        /// It is not a token.
        InvalidToken("Invalid Token: 'Invalid token'"),
        /// Its attempt ended by its timeout or heartbeat, or its execution ended.
        TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'"),
        /// It was completed already.
        TaskDoesNotExist("Task does not exist");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Kind kind;

    public TaskTokenException(Kind kind) {
        super(kind.sentence);
        this.kind = kind;
    }

    /// The error of the API that it is.
    public Kind kind() {
        return kind;
    }
}
