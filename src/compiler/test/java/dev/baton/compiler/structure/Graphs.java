package dev.baton.compiler.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random graphs of several shapes, and their durations.
public final class Graphs {
    /// What random graphs may look like.
    public enum Shape {
        /// Each pair is an edge with the same probability.
        SPARSE,
        /// Edges from one layer to the next.
        LAYERED,
        /// Chains that share what they begin with and are collected in the end.
        PIPES,
        /// Made by series and parallel composition, then given a few more edges.
        NEARLY_SERIES_PARALLEL,
        /// Made by series and parallel composition.
        SERIES_PARALLEL
    }

    private Graphs() {}

    public static Dag random(Shape shape, int size, RandomGenerator random) {
        var required = new ArrayList<List<Integer>>();
        for (var node = 0; node < size; node++) {
            required.add(new ArrayList<>());
        }
        switch (shape) {
            case SPARSE -> pairs(required, random, 2.5 / size);
            case LAYERED -> layers(required, random);
            case PIPES -> pipes(required, random);
            case SERIES_PARALLEL -> compose(required, 0, size, random);
            case NEARLY_SERIES_PARALLEL -> {
                compose(required, 0, size, random);
                pairs(required, random, 0.5 / size);
            }
        }
        return Dag.of(required.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList());
    }

    private static void pairs(List<List<Integer>> required, RandomGenerator random, double probability) {
        for (var node = 0; node < required.size(); node++) {
            for (var before = 0; before < node; before++) {
                if (random.nextDouble() < probability) {
                    required.get(node).add(before);
                }
            }
        }
    }

    private static void layers(List<List<Integer>> required, RandomGenerator random) {
        var width = 2 + random.nextInt(6);
        for (var node = width; node < required.size(); node++) {
            var first = (node / width - 1) * width;
            for (var edge = 0; edge < 1 + random.nextInt(3); edge++) {
                required.get(node).add(first + random.nextInt(width));
            }
        }
    }

    private static void pipes(List<List<Integer>> required, RandomGenerator random) {
        var shared = 1 + random.nextInt(3);
        var length = 2 + random.nextInt(4);
        for (var node = shared; node < required.size() - 1; node++) {
            if ((node - shared) % length != 0) {
                required.get(node).add(node - 1);
            }
            if (random.nextInt(3) == 0) {
                required.get(node).add(random.nextInt(shared));
            }
            if (random.nextInt(4) == 0) {
                required.get(required.size() - 1).add(node);
            }
        }
    }

    private static void compose(List<List<Integer>> required, int from, int to, RandomGenerator random) {
        if (to - from < 2) {
            return;
        }
        var middle = from + 1 + random.nextInt(to - from - 1);
        compose(required, from, middle, random);
        compose(required, middle, to, random);
        if (random.nextBoolean()) {
            for (var after = middle; after < to; after++) {
                for (var before = from; before < middle; before++) {
                    required.get(after).add(before);
                }
            }
        }
    }

    public static double[] seconds(int size, RandomGenerator random) {
        var seconds = new double[size];
        for (var node = 0; node < size; node++) {
            // Some take no time at all, as markers and collectors do.
            seconds[node] = random.nextInt(8) == 0 ? 0 : random.nextInt(1, 1_000) / 10.0;
        }
        return seconds;
    }
}
