package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Moves awaits that end a branch behind the fork, where one is enough for all branches; at the very end nobody needs
/// them.
final class AwaitSinker {
    private AwaitSinker() {}

    static Tree of(Tree tree) {
        return without(tree, new TreeSet<>());
    }

    /// @param awaited gets the nodes of the awaits that were taken off the end
    private static Tree without(Tree tree, SortedSet<Integer> awaited) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf;
            case Tree.Await await -> {
                awaited.addAll(await.nodes());
                yield Tree.nothing();
            }
            case Tree.Sequence sequence -> {
                var parts = new ArrayList<Tree>();
                for (var part : sequence.parts()) {
                    var last = new TreeSet<Integer>();
                    var rest = without(part, last);
                    if (!rest.equals(Tree.nothing())) {
                        await(awaited, parts);
                        awaited.clear();
                        parts.add(rest);
                    }
                    awaited.addAll(last);
                }
                yield Tree.sequence(parts);
            }
            case Tree.Fork fork ->
                Tree.fork(fork.branches().stream()
                        .map(branch -> without(branch, awaited))
                        .toList());
            case Tree.Fold fold -> fold;
            case Tree.Child child -> child;
        };
    }

    private static void await(Set<Integer> awaited, List<Tree> parts) {
        if (!awaited.isEmpty()) {
            parts.add(new Tree.Await(List.copyOf(awaited)));
        }
    }
}
