package dev.baton.compiler.internal.machine;

import dev.baton.compiler.structure.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The groups of tasks in distributed Maps: which works are iterations of a distributed Map, and with how many others.
public final class MapGroups {
    private MapGroups() {}

    /// The works, told which crowd they are in.
    ///
    /// @param concurrency what stands for how many iterations run at a time, by the first node of the first iteration
    public static List<StateSpec> among(List<StateSpec> works, Tree tree, IntFunction<String> concurrency) {
        var told = new ArrayList<>(works);
        tell(told, tree, concurrency);
        return told;
    }

    private static void tell(List<StateSpec> works, Tree tree, IntFunction<String> concurrency) {
        switch (tree) {
            case Tree.Leaf leaf -> {}
            case Tree.Await await -> {}
            case Tree.Sequence sequence -> sequence.parts().forEach(part -> tell(works, part, concurrency));
            case Tree.Fork fork -> fork.branches().forEach(branch -> tell(works, branch, concurrency));
            case Tree.Child child -> tell(works, child.body(), concurrency);
            case Tree.Fold fold -> {
                if (fold.items().size() > MachineWriter.MOST_INLINE) {
                    var first = fold.items().getFirst().getFirst();
                    var crowd = new StateSpec.Crowd(
                            concurrency.apply(first), fold.items().size());
                    fold.items()
                            .forEach(item -> item.forEach(
                                    node -> works.set(node, works.get(node).in(crowd))));
                }
            }
        }
    }
}
