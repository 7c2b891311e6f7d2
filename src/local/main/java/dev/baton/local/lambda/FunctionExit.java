package dev.baton.local.lambda;

/// The end of a function in this process whose code called for the end of the JVM: told as Lambda tells that a
/// runtime's process has ended.
public final class FunctionExit extends Error {
    private static final long serialVersionUID = 1;

    private final int status;

    /// @param status as the process would have ended with
    /// @param cause where the code called
    public FunctionExit(int status, Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.status = status;
    }

    /// As the process would have ended with.
    public int status() {
        return status;
    }
}
