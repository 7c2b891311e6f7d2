package dev.baton.compiler.picture;

import java.util.List;

/// A diagram of nodes and edges without cycles, for [Picture#svg(Diagram, String)].
public record Diagram(List<Node> nodes, List<Edge> edges) {
    public Diagram {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// The kinds of nodes, which decide their looks.
    public enum Kind {
        /// What was done.
        WORK,
        /// What was there before.
        GIVEN,
        /// What should not be.
        ODD
    }

    /// A node.
    ///
    /// @param id unlike all others'
    /// @param name to be read first; it is broken into lines
    /// @param more to be read below; it is broken into lines
    /// @param tip what is read when the pointer rests on it
    public record Node(String id, Kind kind, String name, String more, String tip) {}

    /// An edge between two nodes, by their ids.
    public record Edge(String from, String to) {}
}
