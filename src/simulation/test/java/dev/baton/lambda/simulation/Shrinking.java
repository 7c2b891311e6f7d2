package dev.baton.lambda.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Makes a failing schedule short: takes back one half, one quarter, … of what happened out of the ordinary, as long as
/// what is left fails in the same way (Zeller's *delta debugging*).
final class Shrinking {
    /// More would take longer than anybody waits.
    private static final int MOST = 2_000;

    private final Function<Set<String>, Simulation.Result> play;
    private final String kind;
    private Simulation.Result shortest;
    private int tries;

    private Shrinking(Function<Set<String>, Simulation.Result> play, Simulation.Result failed) {
        this.play = play;
        this.kind = kind(failed);
        this.shortest = failed;
    }

    /// The shortest schedule that fails like this one.
    ///
    /// @param play a schedule in which only steps of these labels happen
    static Simulation.Result of(Function<Set<String>, Simulation.Result> play, Simulation.Result failed) {
        var shrinking = new Shrinking(play, failed);
        shrinking.shrink();
        return shrinking.shortest;
    }

    /// How a schedule failed, without the particulars.
    static String kind(Simulation.Result failed) {
        var first = failed.violations().getFirst();
        return first.substring(0, Math.max(first.indexOf(':'), 0));
    }

    private void shrink() {
        if (fails(Set.of())) {
            return;
        }
        var size = shortest.steps().size() / 2;
        while (size > 0 && tries < MOST) {
            size = isShorterWithout(size) ? Math.min(size, shortest.steps().size() / 2) : size / 2;
            size = size == 0 && shortest.steps().size() == 1 ? 0 : size;
        }
    }

    private boolean isShorterWithout(int size) {
        var labels = new ArrayList<>(shortest.steps().keySet());
        var shorter = false;
        for (var from = 0; from < labels.size() && tries < MOST; from += size) {
            var left = new HashSet<>(shortest.steps().keySet());
            List.copyOf(labels.subList(from, Math.min(from + size, labels.size()))).forEach(left::remove);
            if (left.size() < shortest.steps().size()) {
                shorter |= fails(left);
            }
        }
        return shorter;
    }

    private boolean fails(Set<String> allowed) {
        tries++;
        var result = play.apply(allowed);
        var same = result.violations().stream().anyMatch(how -> how.startsWith(kind + ":"));
        if (same) {
            shortest = result;
        }
        return same;
    }
}
