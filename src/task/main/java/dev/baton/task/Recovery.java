package dev.baton.task;

import java.util.List;

/// The policy by which runs of a pipeline that failed are redriven by themselves. [Recover] on the root's record says
/// the same; this one is for [Pipeline#recovered].
///
/// @param on see [Recover#on]
/// @param times see [Recover#times]
/// @param after see [Recover#after]
public record Recovery(List<String> on, int times, String after) {

    public Recovery {
        on = List.copyOf(on);
    }

    static Recovery of(Recover declared) {
        return new Recovery(List.of(declared.on()), declared.times(), declared.after());
    }

    /// As messages name it.
    @Override
    public String toString() {
        return "recovery on " + String.join(", ", on) + ", " + times + (times == 1 ? " time" : " times") + ", after "
                + after;
    }
}
