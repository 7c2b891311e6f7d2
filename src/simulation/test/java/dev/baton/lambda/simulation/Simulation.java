package dev.baton.lambda.simulation;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.lambda.simulation.Shape.Vertex;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One schedule: uploads, people and faults as its seed decides, for a while; then calm, in which everything has to
/// come right.
final class Simulation {
    /// When faults cease, in milliseconds.
    private static final long CALM = 20 * 60_000L;
    /// By when all has ended that ends at all.
    private static final long END = 30L * 24 * 3_600_000;
    private static final List<String> NAMES = List.of("ada", "bob", "cleo", "dan");
    private static final int ROUNDS = 4;
    /// Kinds of what people do, by how often they do it.
    private static final int ACTIONS = 13;

    private final World world;
    private final Decisions decisions;
    private final TreeSet<Integer> years = new TreeSet<>();
    private final Map<String, Integer> uploads = new LinkedHashMap<>();

    /// What became of a schedule.
    ///
    /// @param violations what must not be, empty where all is well
    /// @param steps what happened out of the ordinary, by label
    record Result(List<String> violations, Map<String, String> steps, World.Counts counts, long virtualMillis) {}

    private Simulation(
            Deployable deployable,
            long seed,
            boolean hasWire,
            @Nullable Set<String> allowed,
            @Nullable List<String> story) {
        this.decisions = new Decisions(seed, allowed);
        this.world = new World(deployable, decisions, seed, hasWire, story);
    }

    /// Plays a schedule.
    ///
    /// @param allowed the labels of the steps that may happen, null for all
    /// @param story where everything that happens is written down, or null
    static Result play(Deployable deployable, long seed, @Nullable Set<String> allowed, @Nullable List<String> story) {
        return play(deployable, seed, false, allowed, story);
    }

    /// Plays a schedule once more, with the SDK's clients of S3 and STS up to the wire.
    static Result playOverTheWire(Deployable deployable, long seed) {
        return play(deployable, seed, true, null, null);
    }

    private static Result play(
            Deployable deployable,
            long seed,
            boolean hasWire,
            @Nullable Set<String> allowed,
            @Nullable List<String> story) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(deployable.loader());
        try {
            return new Simulation(deployable, seed, hasWire, allowed, story).play();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Result play() {
        years.add(2012);
        if (decisions.happens("another year", 0.15, () -> "there is another year")) {
            years.add(2013);
        }
        for (var year : years) {
            world.deployable().shape().vertices(year).stream()
                    .filter(vertex -> vertex.kind().isUpload())
                    .forEach(this::first);
        }
        for (var number = 1; number <= 6; number++) {
            plan("action " + number);
        }
        world.timeline().run(CALM);
        decisions.calm();
        world.tell("calm");
        var quiet = world.timeline().run(END);
        for (var round = 0; round < ROUNDS && quiet; round++) {
            mend();
            quiet = world.timeline().run(END);
        }
        if (!quiet) {
            world.violated("hangs: it goes on and on");
        }
        world.invariants().settle(years);
        return new Result(
                List.copyOf(world.violations()),
                decisions.taken(),
                world.counts(),
                world.timeline().millis());
    }

    private void first(Vertex vertex) {
        if (uploads.putIfAbsent(vertex.key(), 0) == null) {
            world.timeline().after(100 + decisions.pick("when " + vertex.key(), 20_000), () -> upload(vertex.key()));
        }
    }

    private void upload(String key) {
        var number = uploads.merge(key, 1, Integer::sum);
        // Sometimes the same bytes again.
        var text = new StringBuilder();
        var about = key + " content " + decisions.pick(key + " upload " + number, 3);
        for (var name : NAMES) {
            if (text.isEmpty() && name.equals("dan") || decisions.pick(about + name, 2) == 0) {
                text.append(name).append('\n');
            }
        }
        world.tell("upload " + key);
        world.put(Deployable.LAKE, key, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void plan(String label) {
        if (!decisions.happens(label, 0.25, () -> what(label) + " after " + when(label) / 1_000 + " s")) {
            return;
        }
        world.timeline().after(when(label), () -> {
            world.tell(what(label));
            act(label);
        });
    }

    private long when(String label) {
        var scale = switch (decisions.pick(label + " scale", 4)) {
            case 0 -> 3_000;
            case 1, 2 -> 40_000;
            default -> 600_000;
        };
        return 200 + decisions.pick(label + " when", scale);
    }

    private String what(String label) {
        return switch (decisions.pick(label + " what", ACTIONS)) {
            case 0, 1, 2, 3 -> "upload " + key(label) + " again";
            case 4 -> "stop what runs";
            case 5 -> "redrive what failed";
            case 6 -> "sweep";
            case 7, 8 -> "deploy a release";
            case 9, 10, 11 -> "ask for a run that forces " + String.join(", ", forced(label));
            default -> "ask for a run";
        };
    }

    private String key(String label) {
        var keys = List.copyOf(uploads.keySet());
        return keys.get(decisions.pick(label + " key", keys.size()));
    }

    private void act(String label) {
        switch (decisions.pick(label + " what", ACTIONS)) {
            case 0, 1, 2, 3 -> upload(key(label));
            case 4 ->
                world.executions().started().stream()
                        .filter(started -> started.execution().status() == ExecutionStatus.RUNNING)
                        .findFirst()
                        .ifPresent(world.executions()::stop);
            case 5 -> redrive();
            case 6 -> world.call(Map.of("sweep", true));
            case 7, 8 -> {
                if (world.release() < Deployable.RELEASES) {
                    world.deploy();
                    world.timeline().after(4_000, () -> world.call(Map.of("sweep", true)));
                }
            }
            case 9, 10, 11 ->
                world.call(Map.of("start", Map.of("parameters", Map.of("year", "2012"), "force", forced(label))));
            default -> world.call(Map.of("start", Map.of("parameters", Map.of("year", "2012"))));
        }
    }

    private List<String> forced(String label) {
        var words = ForcedClasses.words(world.deployable().shape());
        var first = words.get(decisions.pick(label + " force", words.size()));
        var second = words.get(decisions.pick(label + " force too", words.size()));
        return decisions.pick(label + " forces two", 3) > 0 ? List.of(first) : List.of(first, second);
    }

    private void redrive() {
        for (var started : world.executions().started()) {
            var status = started.execution().status();
            if (status != ExecutionStatus.RUNNING && status != ExecutionStatus.SUCCEEDED) {
                world.executions().redrive(started);
            }
        }
    }

    /// What a person does who finds that something did not come to its end: lets it go on, and looks for what no event
    /// started.
    private void mend() {
        world.tell("mend");
        redrive();
        world.call(Map.of("sweep", true));
    }
}
