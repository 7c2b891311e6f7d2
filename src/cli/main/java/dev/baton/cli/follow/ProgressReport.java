package dev.baton.cli.follow;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// A listener to a run: tells how a run goes.
public sealed interface ProgressReport extends AutoCloseable
        permits EndProgress, JsonProgress, LiveProgress, PlainProgress {

    /// Tells one event. Called by one thread at a time.
    void tell(RunEvent event);

    /// Time passed without an event.
    default void tick() {}

    @Override
    default void close() {}

    /// One JSON object a line for programs, a live view on a terminal, plain lines elsewhere.
    static ProgressReport on(PrintWriter out, boolean json) {
        if (json) {
            return new JsonProgress(out);
        }
        var terminal = isTerminal(System.console())
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return terminal ? new LiveProgress(out) : new PlainProgress(out, TerminalStyle.NONE);
    }

    /// Whether a person watches: since Java 22 there is a console even where all goes into a file.
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
