package dev.baton.cli.lineage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The ancestors or descendants of some versions of objects: the part of the graph of completion
/// records that is reached from there.
///
/// @param direction in which it was followed
/// @param roots where it begins
/// @param nodes all of it, by what they are about; nearer ones first
/// @param next the neighbours of each node, in that direction; no entry where the asked depth ends
/// @param isCut whether there is more beyond that depth
public record LineageGraph(
        Direction direction,
        List<DatasetVersion> roots,
        SequencedMap<DatasetVersion, LineageNode> nodes,
        SequencedMap<DatasetVersion, List<DatasetVersion>> next,
        boolean isCut) {

    /// Which way the graph is followed.
    public enum Direction {
        /// To what it was made from.
        UP,
        /// To what was made from it.
        DOWN
    }

    /// The way from nodes to their neighbours.
    interface Neighbours {
        Direction direction();

        /// The neighbours of each node, in the order of the nodes.
        List<List<LineageNode>> of(List<LineageNode> nodes);

        /// Whether a node has any.
        boolean hasAny(LineageNode node);
    }

    public LineageGraph {
        roots = List.copyOf(roots);
        nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
        next = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(next));
    }

    /// Follows neighbours, level by level: each level's are asked for together.
    ///
    /// @param depth how many levels are followed at most
    static LineageGraph from(List<? extends LineageNode> roots, Neighbours neighbours, int depth) {
        var nodes = new LinkedHashMap<DatasetVersion, LineageNode>();
        var next = new LinkedHashMap<DatasetVersion, List<DatasetVersion>>();
        roots.forEach(root -> nodes.putIfAbsent(root.dataset(), root));
        var level = List.copyOf(nodes.values());
        for (var depthNow = 0; depthNow < depth && !level.isEmpty(); depthNow++) {
            var found = neighbours.of(level);
            var following = new ArrayList<LineageNode>();
            for (var i = 0; i < level.size(); i++) {
                next.put(
                        level.get(i).dataset(),
                        found.get(i).stream().map(LineageNode::dataset).toList());
                for (var node : found.get(i)) {
                    if (nodes.putIfAbsent(node.dataset(), node) == null) {
                        following.add(node);
                    }
                }
            }
            level = following;
        }
        return new LineageGraph(
                neighbours.direction(),
                roots.stream().map(LineageNode::dataset).toList(),
                nodes,
                next,
                level.stream().anyMatch(neighbours::hasAny));
    }
}
