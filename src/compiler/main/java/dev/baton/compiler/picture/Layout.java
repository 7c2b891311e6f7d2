package dev.baton.compiler.picture;

import dev.baton.asl.Catcher;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.StateMachine;
import dev.baton.compiler.picture.Drawing.Box;
import dev.baton.compiler.picture.Drawing.Line;
import dev.baton.compiler.picture.Drawing.Look;
import dev.baton.compiler.picture.Drawing.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/// Decides where everything in a picture stands: the Eclipse Layout Kernel's layered algorithm, level by level.
final class Layout {
    private static final double CHARACTER = 7.2;
    private static final int LINE = 16;
    static final int MARGIN = 12;
    private static final int POINT = 12;
    private static final double GAP = 22;
    private static final int MOST_WAITS = 40;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<ElkNode, Shown> shown = new LinkedHashMap<>();
    private final Map<String, ElkNode> byName = new LinkedHashMap<>();
    private final Map<String, List<String>> waits = new LinkedHashMap<>();

    /// The content of a node of the layout.
    private record Shown(Look look, Caption caption, String tip) {}

    Layout(StateMachine machine) {
        arrange(root, MARGIN);
        var start = point(root, "Start");
        var end = point(root, "End");
        add(machine, root);
        connect(start, node(machine.startAt()));
        machine.states().forEach((name, state) -> {
            if (state.successors().isEmpty()) {
                connect(node(name), end);
            }
        });
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    }

    static void arrange(ElkNode node, double top) {
        node.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        node.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        node.setProperty(CoreOptions.SPACING_NODE_NODE, GAP);
        node.setProperty(CoreOptions.SPACING_COMPONENT_COMPONENT, GAP);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP + 4);
        node.setProperty(CoreOptions.PADDING, new ElkPadding(top, MARGIN, MARGIN, MARGIN));
    }

    private ElkNode point(ElkNode parent, String name) {
        var node = ElkGraphUtil.createNode(parent);
        node.setDimensions(POINT, POINT);
        shown.put(node, new Shown(Look.POINT, new Caption(List.of(), 0), name));
        return node;
    }

    private void add(StateGraph graph, ElkNode parent) {
        graph.states().forEach((name, state) -> {
            var node = ElkGraphUtil.createNode(parent);
            byName.put(name, node);
            var caption = Caption.of(name, state);
            var comment = state.comment();
            shown.put(node, new Shown(Caption.look(state), caption, comment == null ? name : name + ": " + comment));
            waits.put(name, Caption.awaited(state));
            var width = width(caption);
            var height = height(caption);
            var inner = state.graphs();
            if (inner.isEmpty()) {
                node.setDimensions(width, height);
            } else {
                arrange(node, height + MARGIN / 2.0);
                node.setDimensions(width, height);
                inner.forEach(branch -> add(branch, node));
            }
        });
        graph.states()
                .forEach((name, state) -> following(state).distinct().forEach(next -> connect(node(name), node(next))));
    }

    static double width(Caption caption) {
        return caption.longest() * CHARACTER + 2 * MARGIN;
    }

    static int height(Caption caption) {
        return caption.lines().size() * LINE + MARGIN;
    }

    private ElkNode node(String name) {
        var node = byName.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no state " + name);
        }
        return node;
    }

    static void connect(ElkNode from, ElkNode to) {
        ElkGraphUtil.createSimpleEdge(from, to);
    }

    private static Stream<String> following(State state) {
        return Stream.concat(
                state.successors().stream(), state.catchers().stream().map(Catcher::next));
    }

    /// The result, in whole pixels.
    Drawing drawing() {
        var boxes = new ArrayList<Box>();
        shown.forEach((node, what) -> boxes.add(new Box(
                what.look(),
                Math.round(left(node)),
                Math.round(top(node)),
                Math.round(node.getWidth()),
                Math.round(node.getHeight()),
                what.caption().lines(),
                what.caption().names(),
                what.tip())));
        var lines = new ArrayList<Line>();
        edges(root, lines);
        lines.addAll(waits());
        return new Drawing(Math.round(root.getWidth()), Math.round(root.getHeight()), boxes, lines);
    }

    /// The waits, unless there are so many that nobody could follow them: each await names what it waits for anyway.
    private List<Line> waits() {
        var lines = new ArrayList<Line>();
        waits.forEach((name, nodes) -> nodes.forEach(awaited -> {
            var from = byName.get(awaited);
            if (from != null) {
                lines.add(wait(from, node(name)));
            }
        }));
        return lines.size() <= MOST_WAITS ? lines : List.of();
    }

    static void edges(ElkNode parent, List<Line> lines) {
        var x = left(parent);
        var y = top(parent);
        for (var edge : parent.getContainedEdges()) {
            for (var section : edge.getSections()) {
                var points = new ArrayList<Point>();
                points.add(point(x + section.getStartX(), y + section.getStartY()));
                section.getBendPoints().forEach(bend -> points.add(point(x + bend.getX(), y + bend.getY())));
                points.add(point(x + section.getEndX(), y + section.getEndY()));
                lines.add(new Line(false, points));
            }
        }
        parent.getChildren().forEach(child -> edges(child, lines));
    }

    /// From the side of the one that faces the other to the other's.
    private static Line wait(ElkNode from, ElkNode to) {
        var rightwards = left(from) + from.getWidth() / 2 < left(to) + to.getWidth() / 2;
        var start = point(left(from) + (rightwards ? from.getWidth() : 0), top(from) + from.getHeight() / 2);
        var end = point(left(to) + (rightwards ? 0 : to.getWidth()), top(to) + to.getHeight() / 2);
        return new Line(true, List.of(start, end));
    }

    private static Point point(double x, double y) {
        return new Point(Math.round(x), Math.round(y));
    }

    private static double left(ElkNode node) {
        var parent = node.getParent();
        return node.getX() + (parent == null ? 0 : left(parent));
    }

    private static double top(ElkNode node) {
        var parent = node.getParent();
        return node.getY() + (parent == null ? 0 : top(parent));
    }
}
