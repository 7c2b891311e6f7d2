package dev.baton.task;

/// A run that met the work of a later-started run and left it alone. It is never retried.
public final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param uri the logical address of what the later run made
    /// @param run this run
    /// @param laterRun the run that started later
    public Superseded(String uri, String run, String laterRun) {
        super(uri + " is already the work of run " + laterRun + ", which started later than this run, " + run);
    }

    public Superseded(String message) {
        super(message);
    }
}
