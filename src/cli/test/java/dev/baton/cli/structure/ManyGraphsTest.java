package dev.baton.cli.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.workload.CompiledWorkload;
import dev.baton.compiler.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Graphs of many shapes, compiled and run in the engine under a virtual clock: by when tasks start and end, no edge of
/// the graph is broken, each task runs once, and with full parallelism the whole takes no longer than the critical
/// path.
///
/// 1,000 graphs, or with `-Dbaton.thorough=true` 10,000 and more, grids of every width and height up to 60 among them.
/// `-Dbaton.graph=NUMBER` runs the one graph that failed, `-Dbaton.graph=FROM-TO` a part of all.
class ManyGraphsTest {
    private static final boolean THOROUGH = Boolean.getBoolean("baton.thorough");
    private static final int LARGEST_GRID = 60;
    private static final int OTHERS = THOROUGH ? 6_600 : 970;
    private static final int GRIDS = LARGEST_GRID * LARGEST_GRID;
    /// Of the grids where not all are tried: coprime to their number, so that each comes once.
    private static final int STRIDE = 121;

    private static final List<Integer> NUMBERS = numbers();

    private static List<Integer> numbers() {
        var only = System.getProperty("baton.graph");
        if (only != null) {
            var ends = only.split("-");
            return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .boxed()
                    .toList();
        }
        var numbers = new ArrayList<Integer>();
        for (var grid = 0; grid < GRIDS; grid += THOROUGH ? 1 : STRIDE) {
            numbers.add(grid);
        }
        for (var other = 0; other < OTHERS; other++) {
            numbers.add(GRIDS + other);
        }
        return numbers;
    }

    @Test
    void no_edge_of_a_graph_is_broken_and_nothing_takes_longer_than_the_critical_path() {
        var begin = System.nanoTime();
        var told = NUMBERS.parallelStream().map(ManyGraphsTest::judged).reduce(Told.NOTHING, Told::and);
        System.out.printf(
                "%,d graphs, numbers %d to %d: %,d tasks, %,d edges, %,d awaits, at most %,d in one; %.0f s, %.0f s of CPU,"
                        + " %.0f s of them to compile%n",
                NUMBERS.size(),
                NUMBERS.getFirst(),
                NUMBERS.getLast(),
                told.tasks(),
                told.edges(),
                told.awaits(),
                told.most(),
                (System.nanoTime() - begin) / 1e9,
                told.seconds(),
                told.compiling());
    }

    /// What was judged, for the line in the log.
    private record Told(int tasks, int edges, long awaits, long most, double seconds, double compiling) {
        static final Told NOTHING = new Told(0, 0, 0, 0, 0, 0);

        Told and(Told other) {
            return new Told(
                    tasks + other.tasks,
                    edges + other.edges,
                    awaits + other.awaits,
                    Math.max(most, other.most),
                    seconds + other.seconds,
                    compiling + other.compiling);
        }
    }

    private static Told judged(int number) {
        var begin = cpuSeconds();
        var random = new SplittableRandom(number);
        var workload = graph(number, random);
        var parallelism = random.nextInt(8) == 0 ? Parallelism.NATIVE : Parallelism.FULL;
        var about = workload.name() + ", " + parallelism + ", -Dbaton.graph=" + number;
        var compiled = compile(workload, parallelism, random.nextInt(6) == 0, about);
        var compiling = cpuSeconds() - begin;
        var outcome = Simulation.run(compiled);
        judge(workload, outcome, about);
        if (parallelism == Parallelism.FULL) {
            var critical = criticalPath(workload);
            assertThat(outcome.makespanSeconds()).as(about).isBetween(critical - 1e-5, critical + 1e-5);
        }
        return new Told(
                workload.tasks().size(),
                workload.tasks().stream()
                        .mapToInt(task -> task.requires().size())
                        .sum(),
                compiled.awaits(),
                compiled.awaits(),
                cpuSeconds() - begin,
                compiling);
    }

    private static CompiledWorkload compile(Workload workload, Parallelism parallelism, boolean known, String about) {
        try {
            return CompiledWorkload.of(workload, parallelism, known);
        } catch (RuntimeException e) {
            throw new AssertionError(about, e);
        }
    }

    private static Workload graph(int number, SplittableRandom random) {
        if (number < GRIDS) {
            return GraphShape.grid(1 + number / LARGEST_GRID, 1 + number % LARGEST_GRID, random);
        }
        var shape = GraphShape.values()[number % GraphShape.values().length];
        // Most are small, since most of what can go wrong does so in small ones, too.
        var size = switch (random.nextInt(40)) {
            case 0 -> 100 + random.nextInt(400);
            case 1, 2, 3 -> 40 + random.nextInt(100);
            default -> 1 + random.nextInt(40);
        };
        return shape.graph(size, random);
    }

    private static void judge(Workload workload, Simulation.Outcome outcome, String about) {
        assertThat(outcome.repeated()).as(about).isEmpty();
        assertThat(outcome.starts()).as(about).hasSize(workload.tasks().size());
        var tasks = workload.tasks();
        var starts = tasks.stream()
                .mapToDouble(task -> outcome.starts().getOrDefault(task.id(), Double.NaN))
                .toArray();
        for (var task = 0; task < starts.length; task++) {
            for (var required : tasks.get(task).requires()) {
                var ended = starts[required] + tasks.get(required).seconds();
                if (!(starts[task] >= ended - 1e-6)) {
                    var before = tasks.get(required).id();
                    throw new AssertionError(about + ": " + tasks.get(task).id() + " starts at " + starts[task]
                            + ", but " + before + " ends at " + ended);
                }
            }
        }
    }

    /// The longest path: tasks require those before them only.
    private static double criticalPath(Workload workload) {
        var ends = new double[workload.tasks().size()];
        var longest = 0.0;
        for (var task = 0; task < ends.length; task++) {
            var item = workload.tasks().get(task);
            var start = 0.0;
            for (var required : item.requires()) {
                start = Math.max(start, ends[required]);
            }
            ends[task] = start + item.seconds();
            longest = Math.max(longest, ends[task]);
        }
        return longest;
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
