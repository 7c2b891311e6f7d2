package dev.baton.compiler.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.Parallelism;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How long the compiler takes, in CPU time of its one thread: `-Dbaton.benchmarks=true`.
@EnabledIfSystemProperty(named = "baton.benchmarks", matches = "true")
class CompileTimeTest {

    @Test
    void two_thousand_tasks_take_less_than_a_second_and_ten_times_the_tasks_at_most_fifteen_times_as_long() {
        var small = random(1_000);
        for (var warming = 0; warming < 10; warming++) {
            seconds(small);
        }
        var one = fastest(small);
        var two = fastest(random(2_122));
        var ten = fastest(random(10_000));
        System.out.printf(
                "1,000 tasks: %.3f s; 2,122: %.3f s; 10,000: %.3f s, %.1f times the first%n", one, two, ten, ten / one);
        assertThat(two).isLessThan(1);
        assertThat(ten / one).isLessThanOrEqualTo(15);
    }

    @Test
    void twenty_thousand_tasks_become_machines_inside_the_limits() {
        var compiled = CompiledWorkload.of(random(20_000), Parallelism.FULL, false);
        assertThat(compiled.machines()).allMatch(machine -> machine.proof().holds());
        System.out.printf(
                "20,000 tasks: %d machines, %d awaits, %.1f s, of which the proof %.1f s%n",
                compiled.machines().size(),
                compiled.awaits(),
                compiled.compileNanos() / 1e9,
                compiled.provingNanos() / 1e9);
    }

    @Test
    void the_proof_of_every_edge_takes_no_more_than_a_quarter() {
        var graphs = List.of(random(1_000), random(2_122), random(10_000), grid(40, 40), wide(5_000));
        for (var graph : graphs) {
            for (var parallelism : Parallelism.values()) {
                // As often as it takes until all of it is compiled as far as the JVM compiles it.
                CompiledWorkload.of(graph, parallelism, false);
                CompiledWorkload.of(graph, parallelism, false);
                var compiled = CompiledWorkload.of(graph, parallelism, false);
                var share = compiled.provingNanos() / (double) compiled.compileNanos();
                System.out.printf(
                        "%s of %d, %s: %.3f s, of which the proof %.3f s, %.1f %%%n",
                        graph.name(),
                        graph.tasks().size(),
                        parallelism,
                        compiled.compileNanos() / 1e9,
                        compiled.provingNanos() / 1e9,
                        100 * share);
                assertThat(share).as(graph.name()).isLessThanOrEqualTo(0.25);
            }
        }
    }

    private static Workload grid(int width, int height) {
        var tasks = new ArrayList<Workload.Item>();
        for (var place = 0; place < width * height; place++) {
            var required = new ArrayList<Integer>();
            if (place >= width) {
                required.add(place - width);
            }
            if (place % width > 0) {
                required.add(place - 1);
            }
            tasks.add(new Workload.Item(String.format("task-%05d", place), "kind " + place % 7, 1, required));
        }
        return new Workload("grid", tasks);
    }

    /// A fork and a join, of which nearly nothing is left to compile.
    private static Workload wide(int size) {
        var tasks = new ArrayList<Workload.Item>();
        tasks.add(new Workload.Item("begin", "begin", 1, List.of()));
        var all = new ArrayList<Integer>();
        for (var place = 1; place <= size; place++) {
            all.add(place);
            tasks.add(new Workload.Item(String.format("task-%05d", place), "work", 1, List.of(0)));
        }
        tasks.add(new Workload.Item("z", "end", 1, all));
        return new Workload("wide", tasks);
    }

    private static double fastest(Workload workload) {
        var best = Double.MAX_VALUE;
        for (var time = 0; time < 3; time++) {
            best = Math.min(best, seconds(workload));
        }
        return best;
    }

    private static double seconds(Workload workload) {
        var threads = ManagementFactory.getThreadMXBean();
        var begin = threads.getCurrentThreadCpuTime();
        CompiledWorkload.of(workload, Parallelism.FULL, false);
        return (threads.getCurrentThreadCpuTime() - begin) / 1e9;
    }

    private static Workload random(int size) {
        var random = new SplittableRandom(1);
        var tasks = new ArrayList<Workload.Item>();
        for (var task = 0; task < size; task++) {
            var required = new TreeSet<Integer>();
            for (var edge = random.nextInt(4); edge > 0 && task > 0; edge--) {
                required.add(task - 1 - random.nextInt(Math.min(task, 500)));
            }
            tasks.add(new Workload.Item(
                    String.format("task-%05d", task), "kind " + random.nextInt(20), 1, List.copyOf(required)));
        }
        return new Workload("random", tasks);
    }
}
