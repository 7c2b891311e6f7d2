package dev.baton.lambda.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A batch of which every item is tried: one failure does not keep the others from it.
public final class Batch {
    private Batch() {}

    /// The results of all items.
    ///
    /// @throws RuntimeException the first failure, with the others attached, after all were tried: so everything comes
    ///     again
    public static <T, R> List<R> all(List<T> items, Function<T, List<R>> each) {
        var results = new ArrayList<R>();
        @Nullable RuntimeException failed = null;
        for (var item : items) {
            try {
                results.addAll(each.apply(item));
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else if (failed != e) {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        return results;
    }
}
