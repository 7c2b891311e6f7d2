package dev.baton.local.logs;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log of the work that a thread does, where functions and containers share this process: what they log with
/// anything that ends in one place for the whole process finds its way to the log of its own function here.
///
/// Threads that the work starts have it too, until the work ends.
public final class CurrentLog implements AutoCloseable {
    private static final ThreadLocal<@Nullable CurrentLog> HERE = new InheritableThreadLocal<>();

    private volatile @Nullable Consumer<String> lines;

    private CurrentLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /// Begins the work of this thread, which ends with what is returned.
    public static CurrentLog begin(Consumer<String> lines) {
        var begun = new CurrentLog(lines);
        HERE.set(begun);
        return begun;
    }

    /// Whether this thread does such work.
    public static boolean isHere() {
        var here = HERE.get();
        return here != null && here.lines != null;
    }

    /// Writes a line, where this thread does such work.
    public static void add(String line) {
        var here = HERE.get();
        var to = here == null ? null : here.lines;
        if (to != null) {
            to.accept(line);
        }
    }

    /// A thread of the work that goes on has no log any more.
    @Override
    public void close() {
        lines = null;
        if (HERE.get() == this) {
            HERE.remove();
        }
    }
}
