package dev.baton.compiler.picture;

import dev.baton.compiler.picture.Drawing.Box;
import dev.baton.compiler.picture.Drawing.Line;
import dev.baton.compiler.picture.Drawing.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/// Decides where the nodes of a diagram stand: every edge goes downwards.
final class DiagramLayout {
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> byId = new LinkedHashMap<>();
    private final Diagram diagram;

    DiagramLayout(Diagram diagram) {
        this.diagram = diagram;
        Layout.arrange(root, Layout.MARGIN);
        for (var node : diagram.nodes()) {
            var placed = ElkGraphUtil.createNode(root);
            var caption = caption(node);
            placed.setDimensions(Layout.width(caption), Layout.height(caption));
            byId.put(node.id(), placed);
        }
        diagram.edges().forEach(edge -> Layout.connect(node(edge.from()), node(edge.to())));
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    }

    private ElkNode node(String id) {
        return Objects.requireNonNull(byId.get(id), () -> "no node " + id);
    }

    private static Caption caption(Diagram.Node node) {
        var lines = new ArrayList<>(Caption.wrap(node.name()));
        var names = lines.size();
        lines.addAll(Caption.wrap(node.more()));
        return new Caption(lines, names);
    }

    /// The result, in whole pixels.
    Drawing drawing() {
        var boxes = new ArrayList<Box>();
        for (var node : diagram.nodes()) {
            var placed = node(node.id());
            var caption = caption(node);
            boxes.add(new Box(
                    look(node.kind()),
                    Math.round(placed.getX()),
                    Math.round(placed.getY()),
                    Math.round(placed.getWidth()),
                    Math.round(placed.getHeight()),
                    caption.lines(),
                    caption.names(),
                    node.tip()));
        }
        var lines = new ArrayList<Line>();
        Layout.edges(root, lines);
        return new Drawing(Math.round(root.getWidth()), Math.round(root.getHeight()), boxes, lines);
    }

    private static Look look(Diagram.Kind kind) {
        return switch (kind) {
            case WORK -> Look.TASK;
            case GIVEN -> Look.PLAIN;
            case ODD -> Look.FAILURE;
        };
    }
}
