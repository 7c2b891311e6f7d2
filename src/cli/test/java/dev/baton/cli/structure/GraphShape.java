package dev.baton.cli.structure;

import dev.baton.compiler.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A family of random graphs whose tasks require tasks of lower places only.
enum GraphShape {
    /// Every task requires its left and its upper neighbour: the shape whose forks nest deepest.
    GRID {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            mesh(required, 2 + random.nextInt(Math.max(1, (int) Math.sqrt(required.size()))));
        }
    },
    /// Series and parallel composition, cut unevenly, so that it nests far deeper than forks may.
    DEEP {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            compose(required, 0, required.size(), random.nextBoolean(), random);
        }

        /// Turns of sequence and fork: all of one side before one of the other's first, or nothing.
        private void compose(
                List<TreeSet<Integer>> required, int from, int to, boolean series, RandomGenerator random) {
            var begin = from;
            var end = to;
            var turn = series;
            while (end - begin > 1) {
                var few = 1 + random.nextInt(Math.min(3, end - begin - 1));
                if (random.nextInt(6) == 0) {
                    var middle = begin + 1 + random.nextInt(end - begin - 1);
                    compose(required, begin, middle, !turn, random);
                    if (turn) {
                        follow(required, begin, middle, end);
                    }
                    begin = middle;
                } else if (random.nextBoolean()) {
                    if (turn) {
                        follow(required, begin, begin + few, end);
                    }
                    begin += few;
                } else {
                    if (turn) {
                        follow(required, begin, end - few, end);
                    }
                    end -= few;
                }
                turn = !turn;
            }
        }

        private void follow(List<TreeSet<Integer>> required, int from, int middle, int to) {
            for (var after = middle; after < to; after++) {
                for (var before = from; before < middle; before++) {
                    required.get(after).add(before);
                }
            }
        }
    },
    /// Edges from one layer to the next.
    LAYERED {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            var width = 2 + random.nextInt(Math.max(1, required.size() / 4));
            var edges = 1 + random.nextInt(4);
            for (var task = width; task < required.size(); task++) {
                for (var edge = 0; edge < edges; edge++) {
                    required.get(task).add((task / width - 1) * width + random.nextInt(width));
                }
            }
        }
    },
    /// Two sides, and any edges from one to the other.
    BIPARTITE {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            var middle = Math.max(1, required.size() / 2);
            var probability = Math.min(0.5, 3.0 / middle);
            for (var task = middle; task < required.size(); task++) {
                for (var before = 0; before < middle; before++) {
                    if (random.nextDouble() < probability) {
                        required.get(task).add(before);
                    }
                }
            }
        }
    },
    /// Chains with edges that reach from anywhere to anywhere, many of them implied by others.
    LONG_EDGES {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            var length = 2 + random.nextInt(12);
            for (var task = 1; task < required.size(); task++) {
                if (task % length != 0) {
                    required.get(task).add(task - 1);
                }
                if (random.nextInt(3) == 0) {
                    required.get(task).add(random.nextInt(task));
                }
            }
        }
    },
    /// Each task requires two or three that are near: as many awaits as a graph can need.
    ENTANGLED {
        @Override
        void require(List<TreeSet<Integer>> required, RandomGenerator random) {
            var reach = 4 + random.nextInt(40);
            for (var task = reach; task < required.size(); task++) {
                for (var edge = 2 + random.nextInt(2); edge > 0; edge--) {
                    required.get(task).add(task - 1 - random.nextInt(reach));
                }
            }
        }
    };

    abstract void require(List<TreeSet<Integer>> required, RandomGenerator random);

    Workload graph(int size, RandomGenerator random) {
        var required = required(size);
        require(required, random);
        return workload(name() + " of " + size, required, random);
    }

    static Workload grid(int width, int height, RandomGenerator random) {
        var required = required(width * height);
        mesh(required, width);
        return workload("grid of " + width + " by " + height, required, random);
    }

    private static void mesh(List<TreeSet<Integer>> required, int width) {
        for (var task = 0; task < required.size(); task++) {
            if (task % width > 0) {
                required.get(task).add(task - 1);
            }
            if (task >= width) {
                required.get(task).add(task - width);
            }
        }
    }

    private static List<TreeSet<Integer>> required(int size) {
        var required = new ArrayList<TreeSet<Integer>>();
        for (var task = 0; task < size; task++) {
            required.add(new TreeSet<>());
        }
        return required;
    }

    private static Workload workload(String name, List<TreeSet<Integer>> required, RandomGenerator random) {
        var kinds = 1 + random.nextInt(3);
        var unit = random.nextInt(4) == 0;
        var tasks = new ArrayList<Workload.Item>();
        for (var task = 0; task < required.size(); task++) {
            var seconds = unit ? 1 : random.nextInt(8) == 0 ? 0 : random.nextInt(1, 1_000) / 10.0;
            tasks.add(new Workload.Item(
                    String.format("task %05d", task),
                    "kind " + random.nextInt(kinds),
                    seconds,
                    List.copyOf(required.get(task))));
        }
        return new Workload(name, tasks);
    }
}
