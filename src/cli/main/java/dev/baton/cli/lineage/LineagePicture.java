package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.compiler.picture.Diagram;
import dev.baton.compiler.picture.Picture;
import java.util.ArrayList;

/// Draws a lineage: what was read stands above what was made from it.
public final class LineagePicture {
    /// The layout takes about a second for so many, and nobody could read more.
    private static final int MOST_NODES = 400;

    private LineagePicture() {}

    /// The picture as SVG.
    ///
    /// @throws DiagnosticException CLI057 when there are too many nodes
    public static String svg(LineageGraph graph) {
        if (graph.nodes().size() > MOST_NODES) {
            throw LineageFindings.tooManyForPicture(graph.nodes().size(), MOST_NODES);
        }
        var nodes = new ArrayList<Diagram.Node>();
        graph.nodes().values().forEach(node -> nodes.add(node(node)));
        var edges = new ArrayList<Diagram.Edge>();
        var isUp = graph.direction() == Direction.UP;
        graph.next()
                .forEach((dataset, neighbours) -> neighbours.forEach(neighbour -> edges.add(new Diagram.Edge(
                        (isUp ? neighbour : dataset).toString(), (isUp ? dataset : neighbour).toString()))));
        return Picture.svg(
                new Diagram(nodes, edges),
                "Lineage of " + graph.roots().getFirst().uri());
    }

    private static Diagram.Node node(LineageNode node) {
        var id = node.dataset().toString();
        var uri = node.dataset().uri();
        return switch (node) {
            case LineageNode.Made(Derivation made) ->
                new Diagram.Node(
                        id,
                        Diagram.Kind.WORK,
                        made.name(),
                        uri + (made.isCurrent() ? "" : " (replaced)"),
                        id + ", code " + made.revision() + ", run " + made.run());
            case LineageNode.Upload upload -> new Diagram.Node(id, Diagram.Kind.GIVEN, uri, "", id);
            case LineageNode.Unrecorded unrecorded -> new Diagram.Node(id, Diagram.Kind.ODD, uri, "no record", id);
        };
    }
}
