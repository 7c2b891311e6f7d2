package dev.baton.compiler.structure;

import java.util.Arrays;

/// When each node of a tree starts, by what sequence, fork and await mean; independent of how trees are made.
public final class Timeline {
    public final double[] starts;
    public final double end;

    private final double[] seconds;
    private final double[] finish;
    private boolean changed;

    /// @throws IllegalStateException if the tree never ends
    public Timeline(Tree tree, double[] seconds) {
        this.seconds = seconds;
        this.starts = new double[seconds.length];
        this.finish = new double[seconds.length];
        Arrays.fill(starts, Double.NaN);
        Arrays.fill(finish, Double.NaN);
        var last = Double.NaN;
        do {
            changed = false;
            last = run(tree, 0);
        } while (changed);
        if (Double.isNaN(last)) {
            throw new IllegalStateException("waits for ever: " + tree);
        }
        this.end = last;
    }

    /// When the tree ends that starts at a time; NaN while something is awaited that has no end yet.
    private double run(Tree tree, double at) {
        if (Double.isNaN(at)) {
            return at;
        }
        return switch (tree) {
            case Tree.Leaf leaf -> {
                var end = at + seconds[leaf.node()];
                changed |= finish[leaf.node()] != end;
                starts[leaf.node()] = at;
                finish[leaf.node()] = end;
                yield end;
            }
            case Tree.Await await -> {
                var end = at;
                for (var node : await.nodes()) {
                    // NaN stays NaN.
                    end = Math.max(end, finish[node]);
                }
                yield end;
            }
            case Tree.Sequence sequence -> {
                var end = at;
                for (var part : sequence.parts()) {
                    end = run(part, end);
                }
                yield end;
            }
            case Tree.Fork fork -> {
                var end = at;
                for (var branch : fork.branches()) {
                    end = Math.max(end, run(branch, at));
                }
                yield end;
            }
            case Tree.Fold fold -> throw new IllegalArgumentException("not folded");
            case Tree.Child child -> throw new IllegalArgumentException("not split");
        };
    }
}
