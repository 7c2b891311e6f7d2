package dev.baton.compiler.order;

import dev.baton.compiler.structure.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The trees that differ from one by a single fault: an await or a node of it dropped, two parts of a sequence swapped,
/// a part moved out of its branch or into another, an item of a Map dropped, left without a node or given another's, a
/// part said twice, two branches set in a row.
final class Mutants {
    private Mutants() {}

    /// Those that can be written: a state that waits is called after a node that follows.
    static List<Tree> of(Tree tree) {
        return faulty(tree).stream().filter(Mutants::isSayable).toList();
    }

    private static boolean isSayable(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> true;
            case Tree.Await await -> true;
            case Tree.Sequence sequence -> {
                var parts = sequence.parts();
                for (var i = 1; i < parts.size(); i++) {
                    if (parts.get(i - 1) instanceof Tree.Await && parts.get(i).lowest() == Integer.MAX_VALUE) {
                        yield false;
                    }
                }
                yield parts.stream().allMatch(Mutants::isSayable);
            }
            case Tree.Fork fork ->
                fork.lowest() < Integer.MAX_VALUE && fork.branches().stream().allMatch(Mutants::isSayable);
            case Tree.Fold fold -> fold.items().size() > 0 && isSayable(fold.body());
            case Tree.Child child -> isSayable(child.body());
        };
    }

    private static List<Tree> faulty(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> List.of(new Tree.Sequence(List.of(leaf, leaf)));
            case Tree.Await await -> fewer(await);
            case Tree.Sequence sequence -> ofParts(sequence.parts());
            case Tree.Fork fork -> ofBranches(fork.branches());
            case Tree.Fold fold -> ofItems(fold);
            case Tree.Child child -> inside(List.of(child.body()), parts -> new Tree.Child(parts.getFirst()));
        };
    }

    private static List<Tree> fewer(Tree.Await await) {
        var mutants = new ArrayList<Tree>();
        for (var i = 0; i < await.nodes().size() && await.nodes().size() > 1; i++) {
            mutants.add(new Tree.Await(without(await.nodes(), i)));
        }
        return mutants;
    }

    private static List<Tree> ofParts(List<Tree> parts) {
        var mutants = new ArrayList<>(inside(parts, Tree::sequence));
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Tree.Await) {
                mutants.add(Tree.sequence(without(parts, i)));
            }
            for (var j = 0; j < i; j++) {
                var swapped = new ArrayList<>(parts);
                swapped.set(i, parts.get(j));
                swapped.set(j, parts.get(i));
                mutants.add(Tree.sequence(swapped));
            }
        }
        return mutants;
    }

    private static List<Tree> ofBranches(List<Tree> branches) {
        var mutants = new ArrayList<>(inside(branches, Tree.Fork::new));
        for (var i = 0; i < branches.size(); i++) {
            var parts = branches.get(i).parts();
            for (var j = 0; j < parts.size(); j++) {
                var moved = parts.get(j);
                var left = new ArrayList<>(branches);
                if (parts.size() == 1) {
                    left.remove(i);
                } else {
                    left.set(i, Tree.sequence(without(parts, j)));
                }
                var fork = left.size() == 1 ? left.getFirst() : new Tree.Fork(left);
                mutants.add(Tree.sequence(List.of(moved, fork)));
                mutants.add(Tree.sequence(List.of(fork, moved)));
                left.add(moved);
                mutants.add(new Tree.Fork(left));
                var other = (i + 1) % branches.size();
                if (other != i && parts.size() > 1) {
                    var given = new ArrayList<>(branches);
                    given.set(i, Tree.sequence(without(parts, j)));
                    given.set(other, Tree.sequence(List.of(branches.get(other), moved)));
                    mutants.add(new Tree.Fork(given));
                }
            }
        }
        return mutants;
    }

    private static List<Tree> ofItems(Tree.Fold fold) {
        var mutants = new ArrayList<>(
                inside(List.of(fold.body()), parts -> new Tree.Fold(parts.getFirst(), fold.items())));
        var items = fold.items();
        for (var i = 0; i < items.size(); i++) {
            mutants.add(new Tree.Fold(fold.body(), without(items, i)));
            var twice = new ArrayList<>(items);
            twice.set(i, items.get((i + 1) % items.size()));
            mutants.add(new Tree.Fold(fold.body(), twice));
            var turned = new ArrayList<>(items);
            turned.set(i, items.get(i).reversed());
            mutants.add(new Tree.Fold(fold.body(), turned));
            if (i > 0) {
                // One node of each changes places with the other's.
                var mixed = new ArrayList<>(items);
                mixed.set(i, with(items.get(i), items.get(i - 1).getFirst()));
                mixed.set(i - 1, with(items.get(i - 1), items.get(i).getFirst()));
                mutants.add(new Tree.Fold(fold.body(), mixed));
            }
        }
        return mutants;
    }

    private static List<Integer> with(List<Integer> nodes, int first) {
        var changed = new ArrayList<>(nodes);
        changed.set(0, first);
        return changed;
    }

    /// Each with a fault inside one part.
    private static List<Tree> inside(List<Tree> parts, Function<List<Tree>, Tree> whole) {
        var mutants = new ArrayList<Tree>();
        for (var i = 0; i < parts.size(); i++) {
            for (var mutant : faulty(parts.get(i))) {
                var changed = new ArrayList<>(parts);
                changed.set(i, mutant);
                mutants.add(whole.apply(changed));
            }
        }
        return mutants;
    }

    private static <T> List<T> without(List<T> list, int place) {
        var rest = new ArrayList<>(list);
        rest.remove(place);
        return rest;
    }
}
