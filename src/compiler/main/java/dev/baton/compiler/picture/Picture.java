package dev.baton.compiler.picture;

import dev.baton.asl.StateMachine;

/// A state machine as a picture: states in the order in which they are entered, top to bottom; the branches of a
/// Parallel side by side inside it; a dotted line from a task to the await that waits for it.
public final class Picture {
    private Picture() {}

    /// The picture as SVG, for light and dark surroundings (it follows the reader's preference). Equal machines give
    /// equal bytes.
    ///
    /// @param title what the picture is called by those who cannot see it
    public static String svg(StateMachine machine, String title) {
        var drawing = new Layout(machine).drawing();
        return new Svg(drawing, title).text();
    }

    /// The picture of a diagram as SVG, in the same style: every edge goes downwards.
    ///
    /// @param title what the picture is called by those who cannot see it
    public static String svg(Diagram diagram, String title) {
        return new Svg(new DiagramLayout(diagram).drawing(), title).text();
    }

    /// [#svg(StateMachine, String)] with the machine's comment as its title.
    public static String svg(StateMachine machine) {
        var comment = machine.comment();
        return svg(machine, comment == null ? "State machine" : comment);
    }
}
