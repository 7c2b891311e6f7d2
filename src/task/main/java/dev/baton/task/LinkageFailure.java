package dev.baton.task;

/// Code of a task that the JVM could not load or link: a class that is missing, a static initialiser that failed, a
/// library of another version than the one it was compiled with. It is never retried: the jars have to be corrected
/// first.
public final class LinkageFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param cause what the JVM said
    public LinkageFailure(LinkageError cause) {
        super(told(cause) + ": the package of the function lacks this code, or has another version of it", cause);
    }

    /// One that came to pass elsewhere.
    public LinkageFailure(String message) {
        super(message);
    }

    private static String told(LinkageError cause) {
        var first = cause instanceof ExceptionInInitializerError && cause.getCause() != null ? cause.getCause() : cause;
        return (first == cause ? "" : "a static initialiser failed: ") + first;
    }
}
