package dev.baton.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to some attempts of a Task state.
///
/// @param iterations the iterations of the Maps around it, outermost first; null for any
/// @param first the first attempt, counted from 0 within one iteration
/// @param last the last one, [#EVERY] where there is none
record Mock(String state, @Nullable List<Integer> iterations, int first, int last, Answer answer) {
    static final int EVERY = Integer.MAX_VALUE;

    Mock {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException(
                    "attempts are counted from 0 upwards, but were " + first + " to " + last);
        }
    }

    boolean fits(String asked, int attempt, List<Integer> around) {
        return state.equals(asked)
                && first <= attempt
                && attempt <= last
                && (iterations == null || iterations.equals(around));
    }

    /// Whether both speak of the same state and iteration.
    boolean isBeside(Mock other) {
        return state.equals(other.state) && String.valueOf(iterations).equals(String.valueOf(other.iterations));
    }

    /// For people: `Charge in iteration 2, attempts 0 to 1`.
    String told() {
        var place = iterations == null ? state : state + " in iteration " + numbers(iterations);
        if (last == EVERY) {
            return place + (first == 0 ? ", every attempt" : ", from attempt " + first + " on");
        }
        return place + (first == last ? ", attempt " + first : ", attempts " + first + " to " + last);
    }

    static String numbers(List<Integer> iterations) {
        return String.join(".", iterations.stream().map(String::valueOf).toList());
    }
}
