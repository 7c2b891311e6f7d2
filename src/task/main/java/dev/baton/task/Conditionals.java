package dev.baton.task;

import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requirements that are conditional, noticed while a task is asked: `onlyIf(true)` leaves no trace in the answer,
/// and other parameters might have made it `onlyIf(false)`.
public final class Conditionals {
    private static final ThreadLocal<@Nullable Collection<Task>> NOTICED = new ThreadLocal<>();

    private Conditionals() {}

    /// Something is required on a condition, whether it holds or not.
    public static void notice(Task required) {
        var noticed = NOTICED.get();
        if (noticed != null) {
            noticed.add(required);
        }
    }

    /// Asks, and notices.
    ///
    /// @param noticed gets what is conditional
    public static <T> T asking(Collection<Task> noticed, Supplier<T> question) {
        var outer = NOTICED.get();
        NOTICED.set(noticed);
        try {
            return question.get();
        } finally {
            NOTICED.set(outer);
        }
    }
}
