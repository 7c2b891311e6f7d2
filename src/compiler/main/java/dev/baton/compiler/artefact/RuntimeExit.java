package dev.baton.compiler.artefact;

/// The end of the one function or container whose code called for the end of the JVM.
///
/// An `Error`, for code that catches every `Exception` of its own would go on as if it had not called.
public final class RuntimeExit extends Error {
    private static final long serialVersionUID = 1;

    private final int status;

    private RuntimeExit(int status) {
        super("the task's code ended the JVM, with status " + status
                + "; return from run() where all went well, and throw an exception otherwise");
        this.status = status;
    }

    /// The status that the code gave.
    public int status() {
        return status;
    }

    /// Instead of `System.exit` and `Runtime.exit`.
    public static void exit(int status) {
        throw new RuntimeExit(status);
    }

    /// Instead of `Runtime.exit` and `Runtime.halt`, called on a runtime.
    public static void exit(Runtime runtime, int status) {
        throw new RuntimeExit(status);
    }
}
