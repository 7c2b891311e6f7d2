package dev.baton.compiler.picture;

import java.util.List;

/// A drawing: what is drawn where, in pixels from the upper left corner.
///
/// @param boxes outer before inner
record Drawing(long width, long height, List<Box> boxes, List<Line> lines) {
    Drawing {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /// The meaning of a box, which decides its looks.
    enum Look {
        TASK,
        AWAIT,
        FORK,
        MAP,
        CHOICE,
        PLAIN,
        FAILURE,
        POINT
    }

    /// A state, or the point where everything starts or ends.
    ///
    /// @param words its name in lines, and below what else is to be read
    /// @param names how many of the lines are the name
    /// @param tip what is read when the pointer rests on it
    record Box(Look look, long x, long y, long width, long height, List<String> words, int names, String tip) {
        Box {
            words = List.copyOf(words);
        }
    }

    /// A transition, or a wait.
    ///
    /// @param points from, bends, to
    record Line(boolean waits, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }
    }

    record Point(long x, long y) {}
}
