package dev.baton.lambda.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A process that plays schedules, one after the other on one thread, and prints what came of them. Simulations of one
/// process at the same time could wait for each other's locks, and would not be the same again.
public final class Schedules {
    static final int PIPELINES = 24;
    /// One in so many is played twice, the second time with the SDK's clients up to the wire: making, signing and
    /// reading requests is most of the work of such a one, and always the same.
    private static final int REPEATED = 25;
    private static final int MOST_FAILURES = Integer.getInteger("baton.simulation.failures", 3);

    private final Map<Integer, Deployable> deployables = new HashMap<>();
    private final ClassLoader loader;
    private final List<Shape> shapes;
    private final PrintStream out;
    private final World.Counts counts = new World.Counts();
    private final Map<String, Integer> steps = new TreeMap<>();
    private final Set<Long> orders = new HashSet<>();
    private long virtualMillis;

    private Schedules(Path folder, PrintStream out) throws IOException {
        this.out = out;
        this.shapes = IntStream.range(0, PIPELINES)
                .mapToObj(number -> Shape.random("p" + number, number))
                .toList();
        this.loader = Sources.compiled(shapes, folder.resolve("pipelines"));
    }

    /// Plays the schedules of every n-th seed.
    ///
    /// @param arguments the first seed, the one after the last, n, and a folder for this process alone
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createDirectories(Path.of(arguments[3]));
        var schedules = new Schedules(folder, System.out);
        var failures = 0;
        var from = Long.parseLong(arguments[0]);
        var end = Long.parseLong(arguments[1]);
        var apart = Integer.parseInt(arguments[2]);
        for (var seed = from; seed < end && failures < MOST_FAILURES; seed += apart) {
            if (!schedules.passes(seed, folder)) {
                failures++;
            }
        }
        schedules.tell();
        System.out.println(Processes.FAILURES + failures);
        System.exit(failures == 0 ? 0 : 1);
    }

    private Deployable deployable(long seed) {
        return deployables.computeIfAbsent(
                (int) Long.remainderUnsigned(seed, PIPELINES), number -> Deployable.of(shapes.get(number), loader));
    }

    private boolean passes(long seed, Path folder) throws IOException {
        var deployable = deployable(seed);
        var result = Simulation.play(deployable, seed, null, null);
        counts.add(result.counts());
        orders.add(result.counts().order);
        virtualMillis += result.virtualMillis();
        result.steps().keySet().forEach(label -> steps.merge(kind(label), 1, Integer::sum));
        if (!result.violations().isEmpty()) {
            explain(deployable, seed, result, folder);
            return false;
        }
        if (seed / PIPELINES % REPEATED == 0
                && Simulation.playOverTheWire(deployable, seed).counts().order != result.counts().order) {
            out.println("seed " + seed + " is not the same when it is played over the wire");
            return false;
        }
        return true;
    }

    /// What kind of step it is: the end of its label, or its begin for what people do.
    private static String kind(String label) {
        return label.startsWith("action ") || label.startsWith("another ")
                ? "people"
                : label.substring(label.lastIndexOf(' ') + 1);
    }

    private void explain(Deployable deployable, long seed, Simulation.Result failed, Path folder) throws IOException {
        var shortest = Shrinking.of(allowed -> Simulation.play(deployable, seed, allowed, null), failed);
        var story = new ArrayList<String>();
        Simulation.play(deployable, seed, shortest.steps().keySet(), story);
        var file = Files.write(folder.resolve("seed-" + seed + ".txt"), story);
        out.println("seed " + seed + ", " + deployable.shape());
        shortest.violations().forEach(how -> out.println("  " + how));
        out.println("  " + failed.steps().size() + " things happened; these "
                + shortest.steps().size() + " are enough:");
        shortest.steps().values().forEach(step -> out.println("    - " + step));
        out.println("  every request of it: " + file);
        out.println("  again: mvn -pl src/simulation -am verify -Dtest=SimulationTest -Dbaton.simulation.seed=" + seed);
    }

    private void tell() {
        out.println(Processes.FIGURES + "executions " + counts.executions);
        out.println(Processes.FIGURES + "executions that force " + counts.forcing);
        out.println(Processes.FIGURES + "invocations " + counts.invocations);
        out.println(Processes.FIGURES + "requests " + counts.requests);
        out.println(Processes.FIGURES + "awaits of several nodes " + counts.awaitsOfSeveral);
        out.println(Processes.FIGURES + "orders of requests " + orders.size());
        out.println(Processes.FIGURES + "virtual hours " + virtualMillis / 3_600_000);
        var processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        out.println(Processes.FIGURES + "processor seconds " + processor / 1_000_000_000);
        steps.forEach((kind, count) -> out.println(Processes.FIGURES + "steps: " + kind + " " + count));
    }
}
