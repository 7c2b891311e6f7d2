package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Folds branches that differ in their nodes alone into one.
///
/// A branch that awaits a node of another branch, or holds a node that another branch awaits, stays as it is: the
/// iterations of a Map are not promised to run at the same time, and one that waits for another might keep it from
/// starting.
final class BranchFolder {
    /// Fewer are easier to read side by side.
    static final int FEWEST = 4;

    private final List<String> kinds;
    /// By node: where its leaf stands among all leaves.
    private final Map<Integer, Integer> place = new HashMap<>();
    /// By node: before which leaves the first and the last of those that await it stand.
    private final Map<Integer, int[]> awaited = new HashMap<>();
    /// A number for each form that occurs, and each tree's.
    private final Map<Form, Integer> forms = new HashMap<>();

    private final IdentityHashMap<Tree, Integer> formOf = new IdentityHashMap<>();

    private BranchFolder(List<String> kinds) {
        this.kinds = kinds;
    }

    /// @param kinds by node: only branches with nodes of equal kinds in equal places are folded
    static Tree of(Tree tree, List<String> kinds) {
        var folding = new BranchFolder(kinds);
        folding.look(tree);
        return folding.fold(tree);
    }

    private void look(Tree tree) {
        switch (tree) {
            case Tree.Leaf leaf -> place.put(leaf.node(), place.size());
            case Tree.Await await -> {
                var here = place.size();
                for (var node : await.nodes()) {
                    var range = awaited.computeIfAbsent(node, n -> new int[] {here, here});
                    range[1] = here;
                }
            }
            case Tree.Sequence sequence -> sequence.parts().forEach(this::look);
            case Tree.Fork fork -> fork.branches().forEach(this::look);
            case Tree.Fold fold -> look(fold.body());
            case Tree.Child child -> look(child.body());
        }
    }

    private Tree fold(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> await;
            case Tree.Sequence sequence ->
                Tree.sequence(sequence.parts().stream().map(this::fold).toList());
            case Tree.Fork fork -> fold(fork);
            case Tree.Fold fold -> fold;
            case Tree.Child child -> new Tree.Child(fold(child.body()));
        };
    }

    private Tree fold(Tree.Fork fork) {
        var alike = new LinkedHashMap<String, List<Tree>>();
        var branches = new ArrayList<Tree>();
        var many = many(fork);
        for (var branch : fork.branches()) {
            if (many.contains(form(branch)) && closed(branch)) {
                var ordered = ordered(branch);
                alike.computeIfAbsent(signature(ordered), signature -> new ArrayList<>())
                        .add(ordered);
            } else {
                branches.add(fold(branch));
            }
        }
        for (var group : alike.values()) {
            if (group.size() < FEWEST) {
                group.forEach(branch -> branches.add(fold(branch)));
            } else {
                branches.add(new Tree.Fold(
                        group.getFirst(),
                        group.stream().map(BranchFolder::leaves).toList()));
            }
        }
        return Tree.fork(branches);
    }

    /// The forms that so many branches have that they may fold. It is told at a glance, so that what is like nothing
    /// else is not described in full at every level.
    private Set<Integer> many(Tree.Fork fork) {
        var counts = new HashMap<Integer, Integer>();
        fork.branches().forEach(branch -> counts.merge(form(branch), 1, Integer::sum));
        counts.values().removeIf(count -> count < FEWEST);
        return counts.keySet();
    }

    /// The form of a tree: all of it but which of its nodes it awaits, and the order of branches.
    private record Form(String what, List<Integer> parts) {}

    private int form(Tree tree) {
        var known = formOf.get(tree);
        if (known != null) {
            return known;
        }
        var form = switch (tree) {
            case Tree.Leaf leaf -> new Form("leaf " + kinds.get(leaf.node()), List.of());
            case Tree.Await await -> new Form("await " + await.nodes().size(), List.of());
            case Tree.Sequence sequence ->
                new Form("sequence", sequence.parts().stream().map(this::form).toList());
            case Tree.Fork fork ->
                new Form(
                        "fork",
                        fork.branches().stream().map(this::form).sorted().toList());
            case Tree.Fold fold -> new Form("fold " + fold.lowest(), List.of());
            case Tree.Child child -> new Form("child " + child.lowest(), List.of());
        };
        var number = forms.computeIfAbsent(form, any -> forms.size());
        formOf.put(tree, number);
        return number;
    }

    /// Whether neither its awaits nor those for its nodes cross its border.
    private boolean closed(Tree branch) {
        var leaves = leaves(branch);
        var first = leaves.stream().mapToInt(place::get).min().orElse(0);
        var last = leaves.stream().mapToInt(place::get).max().orElse(0);
        for (var leaf : leaves) {
            var range = awaited.get(leaf);
            if (range != null && (range[0] < first || range[1] > last)) {
                return false;
            }
        }
        return awaitsOnly(branch, first, last);
    }

    private boolean awaitsOnly(Tree tree, int first, int last) {
        return switch (tree) {
            case Tree.Leaf leaf -> true;
            case Tree.Await await -> await.nodes().stream().map(place::get).allMatch(at -> at >= first && at <= last);
            case Tree.Sequence sequence -> sequence.parts().stream().allMatch(part -> awaitsOnly(part, first, last));
            case Tree.Fork fork -> fork.branches().stream().allMatch(branch -> awaitsOnly(branch, first, last));
            case Tree.Fold fold -> false;
            case Tree.Child child -> false;
        };
    }

    /// The tree with the branches of each fork sorted by what they are, so that equal forks have equal order.
    private Tree ordered(Tree tree) {
        return switch (tree) {
            case Tree.Sequence sequence ->
                new Tree.Sequence(sequence.parts().stream().map(this::ordered).toList());
            case Tree.Fork fork ->
                new Tree.Fork(fork.branches().stream()
                        .map(this::ordered)
                        .sorted(Comparator.comparing(this::shape).thenComparingInt(Tree::lowest))
                        .toList());
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> await;
            case Tree.Fold fold -> fold;
            case Tree.Child child -> child;
        };
    }

    private String signature(Tree tree) {
        var leaves = leaves(tree);
        var positions = new HashMap<Integer, Integer>();
        leaves.forEach(leaf -> positions.put(leaf, positions.size()));
        return describe(tree, positions);
    }

    private String shape(Tree tree) {
        return describe(tree, Map.of());
    }

    /// @param positions of the leaves; empty where it does not matter which are awaited
    private String describe(Tree tree, Map<Integer, Integer> positions) {
        return switch (tree) {
            case Tree.Leaf leaf -> {
                var kind = kinds.get(leaf.node());
                yield kind.length() + ":" + kind;
            }
            case Tree.Await await ->
                positions.isEmpty()
                        ? "A" + await.nodes().size()
                        : "A"
                                + await.nodes().stream()
                                        .map(positions::get)
                                        .sorted()
                                        .toList();
            case Tree.Sequence sequence -> describe("S", sequence.parts(), positions);
            case Tree.Fork fork -> describe("F", fork.branches(), positions);
            case Tree.Fold fold -> "fold" + fold.lowest();
            case Tree.Child child -> "child" + child.lowest();
        };
    }

    private String describe(String letter, List<Tree> trees, Map<Integer, Integer> positions) {
        return trees.stream()
                .map(tree -> describe(tree, positions))
                .collect(Collectors.joining(",", letter + "(", ")"));
    }

    private static List<Integer> leaves(Tree tree) {
        var leaves = new ArrayList<Integer>();
        tree.forEachLeaf(leaves::add);
        return leaves;
    }
}
