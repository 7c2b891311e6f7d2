package dev.baton.cli.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.asl.definition.Asl;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.pipeline.Substitutions;
import dev.baton.compiler.workload.CompiledWorkload;
import dev.baton.compiler.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomGraphsTest {
    private static final int GRAPHS_OF_A_SHAPE = 500;

    enum Shape {
        SPARSE,
        LAYERED,
        PIPES,
        DENSE
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void a_compiled_machine_runs_every_task_once_in_order_and_as_fast_as_the_critical_path(Shape shape) {
        IntStream.range(0, GRAPHS_OF_A_SHAPE).parallel().forEach(seed -> {
            var random = new SplittableRandom(seed);
            var workload = random(shape, 1 + random.nextInt(60), random);
            var known = random.nextInt(4) == 0;
            var compiled = CompiledWorkload.of(workload, Parallelism.FULL, known);
            var outcome = Simulation.run(compiled);
            var about = shape + ", seed " + seed;
            holdsOrder(workload, outcome, about);
            assertThat(outcome.makespanSeconds()).as(about).isCloseTo(compiled.criticalPathSeconds(), within(1e-5));
            assertThat(outcome.events()).as(about).isLessThanOrEqualTo(events(compiled));
        });
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void without_awaits_every_task_runs_once_and_in_order(Shape shape) {
        IntStream.range(0, GRAPHS_OF_A_SHAPE / 5).parallel().forEach(seed -> {
            var random = new SplittableRandom(seed);
            var workload = random(shape, 1 + random.nextInt(60), random);
            var compiled = CompiledWorkload.of(workload, Parallelism.NATIVE, random.nextBoolean());
            assertThat(compiled.awaits()).isZero();
            holdsOrder(workload, Simulation.run(compiled), shape + ", seed " + seed);
        });
    }

    @Test
    void many_alike_are_one_state_and_still_each_runs_in_its_place() {
        // 60 chains of two between one begin and one end: more than an inline Map runs at the same time.
        var tasks = new ArrayList<Workload.Item>();
        tasks.add(new Workload.Item("begin", "begin", 1, List.of()));
        var ends = new ArrayList<Integer>();
        for (var chain = 0; chain < 60; chain++) {
            tasks.add(new Workload.Item("clean " + chain, "clean", 2, List.of(0)));
            ends.add(tasks.size());
            tasks.add(new Workload.Item("count " + chain, "count", chain, List.of(tasks.size() - 1)));
        }
        tasks.add(new Workload.Item("end", "end", 1, ends));
        var workload = new Workload("alike", tasks);
        var compiled = CompiledWorkload.of(workload, Parallelism.FULL, false);
        assertThat(compiled.maps()).isEqualTo(1);
        assertThat(compiled.machines().getFirst().proof().states()).isEqualTo(5);
        var outcome = Simulation.run(compiled);
        holdsOrder(workload, outcome, "alike");
        assertThat(outcome.makespanSeconds()).isCloseTo(63, within(1e-5));
    }

    @Test
    void a_graph_of_thousands_becomes_machines_that_are_valid_inside_the_limits_and_run() {
        var random = new SplittableRandom(7);
        var workload = random(Shape.PIPES, 3_000, random);
        var compiled = CompiledWorkload.of(workload, Parallelism.FULL, false);
        assertThat(compiled.machines()).hasSizeGreaterThan(2);
        for (var machine : compiled.machines()) {
            assertThat(machine.proof().holds())
                    .as(machine.name() + " " + machine.proof())
                    .isTrue();
            assertThat(Asl.parse(machine.name(), new Substitutions(Map.of()).text(machine.definition()))
                            .diagnostics())
                    .isEmpty();
        }
        var outcome = Simulation.run(compiled);
        holdsOrder(workload, outcome, "thousands");
        assertThat(outcome.makespanSeconds()).isCloseTo(compiled.criticalPathSeconds(), within(1e-4));
    }

    private static long events(CompiledWorkload compiled) {
        return compiled.machines().stream()
                .mapToLong(machine -> machine.proof().events())
                .max()
                .orElse(0);
    }

    private static void holdsOrder(Workload workload, Simulation.Outcome outcome, String about) {
        assertThat(outcome.repeated()).as(about).isEmpty();
        assertThat(outcome.starts()).as(about).hasSize(workload.tasks().size());
        for (var task : workload.tasks()) {
            for (var required : task.requires()) {
                var before = workload.tasks().get(required);
                assertThat(start(outcome, task))
                        .as(about + ": " + before.id() + " before " + task.id())
                        .isGreaterThanOrEqualTo(start(outcome, before) + before.seconds() - 1e-5);
            }
        }
    }

    private static double start(Simulation.Outcome outcome, Workload.Item task) {
        var start = outcome.starts().get(task.id());
        assertThat(start).as(task.id()).isNotNull();
        return start == null ? 0 : start;
    }

    private static Workload random(Shape shape, int size, SplittableRandom random) {
        var tasks = new ArrayList<Workload.Item>();
        for (var task = 0; task < size; task++) {
            var seconds = random.nextInt(8) == 0 ? 0 : random.nextInt(1, 1_000) / 10.0;
            tasks.add(new Workload.Item(
                    String.format("task %04d", task),
                    "kind " + random.nextInt(3),
                    seconds,
                    List.copyOf(required(shape, task, size, random))));
        }
        return new Workload(shape + " of " + size, tasks);
    }

    private static TreeSet<Integer> required(Shape shape, int task, int size, SplittableRandom random) {
        var required = new TreeSet<Integer>();
        switch (shape) {
            case SPARSE, DENSE -> {
                for (var before = 0; before < task; before++) {
                    if (random.nextDouble() < (shape == Shape.DENSE ? 0.3 : 2.0 / size)) {
                        required.add(before);
                    }
                }
            }
            case LAYERED -> {
                var width = Math.max(2, size / 8);
                for (var edge = 0; edge < 3 && task >= width; edge++) {
                    required.add((task / width - 1) * width + random.nextInt(width));
                }
            }
            case PIPES -> {
                if (task % 5 != 0) {
                    required.add(task - 1);
                }
                if (random.nextInt(4) == 0 && task > 2) {
                    required.add(random.nextInt(2));
                }
                if (random.nextInt(6) == 0 && task > 10) {
                    required.add(task - 1 - random.nextInt(10));
                }
            }
        }
        return required;
    }
}
