package dev.baton.cli.follow;

import java.io.PrintWriter;

/// Tells how a run goes.
public sealed interface Progress extends AutoCloseable permits JsonProgress, LiveProgress, PlainProgress {

    /// Tells one event. Called by one thread at a time.
    void tell(RunEvent event);

    /// Time passed without an event.
    default void tick() {}

    @Override
    default void close() {}

    /// One JSON object a line for programs, a live view on a terminal, plain lines elsewhere.
    static Progress on(PrintWriter out, boolean json) {
        if (json) {
            return new JsonProgress(out);
        }
        var terminal = System.console() != null
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return terminal ? new LiveProgress(out) : new PlainProgress(out, Ink.NONE);
    }
}
