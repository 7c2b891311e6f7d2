package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.graph.TaskGraph;
import dev.baton.lambda.StartStand.Started;
import dev.baton.lambda.generated.GeneratedPipeline;
import dev.baton.lambda.generated.PlayedObjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The start function that is deployed, for one order of uploads, uploads again and deletions, with events that come
/// late, twice and in another order, and with runs that come to their end in between; and its sweep from nothing.
final class StartScript {
    /// One pipeline in so many is played over the wire. It makes no difference, and takes thirty times as long.
    private static final int OVER_THE_WIRE = 30;

    private final StartStand stand;
    private final TaskGraph graph;
    private final PlayedObjects objects;
    private final Random random;
    /// Whether runs come to their end. Then what nothing else tells from history starts nothing anew.
    private final boolean runsEnd;
    private final Map<String, String> versions = new HashMap<>();
    private final Set<Started> expected = new HashSet<>();
    /// The versions that the last run of some parameters read that came to its end.
    private final Map<Map<String, String>, Map<String, String>> ended = new HashMap<>();
    /// What was ready and left alone, because all of history may read the object.
    private final Set<Started> leftAlone = new HashSet<>();
    private final List<String> steps = new ArrayList<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    StartScript(GeneratedPipeline pipeline, TaskGraph graph, Random random) {
        this.stand =
                new StartStand(pipeline, Math.floorMod(pipeline.spec().name().hashCode(), OVER_THE_WIRE) == 0);
        this.graph = graph;
        this.objects = new PlayedObjects(pipeline.spec(), random, 6);
        this.random = random;
        this.runsEnd = random.nextBoolean() && !pipeline.spec().hasSeveralDates();
    }

    /// What was there to be seen.
    Map<String, Integer> figures() {
        return figures;
    }

    private void count(String what, int more) {
        figures.merge(what, more, Integer::sum);
    }

    void play() {
        var uris = objects.uris();
        if (uris.isEmpty()) {
            return;
        }
        var order = new ArrayList<>(IntStream.range(0, uris.size()).boxed().toList());
        Collections.shuffle(order, random);
        for (var more = random.nextInt(4); more > 0; more--) {
            order.add(random.nextInt(uris.size()));
        }
        var late = new ArrayList<Integer>();
        for (var object : order) {
            var uri = uris.get(object);
            if (versions.containsKey(uri) && random.nextInt(3) == 0) {
                steps.add("deletes " + uri);
                stand.delete(uri);
                versions.remove(uri);
                continue;
            }
            steps.add("uploads " + uri);
            versions.put(uri, stand.upload(uri));
            late.add(object);
            while (!late.isEmpty() && random.nextInt(4) > 0) {
                hear(late, random.nextInt(late.size()));
                end();
            }
        }
        while (!late.isEmpty()) {
            hear(late, late.size() - 1);
        }
        var all = new HashSet<>(expected);
        all.addAll(leftAlone);
        assertThat(all).as("%s", steps).containsAll(whole(ready(versions, -1)));
        count("starts", expected.size());
        sweep();
    }

    private void sweep() {
        stand.anew();
        var there = new HashMap<String, String>();
        versions.keySet().forEach(uri -> there.put(uri, stand.upload(uri)));
        stand.sweep();
        assertThat(stand.started()).as("sweep of %s", there.keySet()).isEqualTo(whole(ready(there, -1)));
    }

    /// Delivers one of the events, which may come once more.
    private void hear(List<Integer> late, int which) {
        var object = late.get(which);
        if (random.nextInt(5) == 0) {
            count("events that come twice", 1);
        } else {
            late.remove(which);
        }
        steps.add("hears of " + objects.uris().get(object));
        var misshapen = stand.created(objects.uris().get(object));
        // What is there counts, not what the event tells: of a deleted object nothing follows.
        for (var start : ready(versions, 1 << object)) {
            if (objects.size(start.parameters()) != graph.nodes().size()) {
                assertThat(misshapen).as("%s", steps).contains(start.parameters());
            } else if (objects.isPartial(object)
                    && readTheOthers(start, objects.uris().get(object))) {
                count("starts that an object of all of history leaves away", expected.contains(start) ? 0 : 1);
                leftAlone.add(start);
            } else {
                expected.add(start);
            }
        }
        assertThat(stand.started()).as("%s", steps).isEqualTo(expected);
    }

    /// Whether the last run of some parameters that ended read what is there, but for one object.
    private boolean readTheOthers(Started start, String but) {
        var read = ended.get(start.parameters());
        return read != null
                && start.versions().entrySet().stream()
                        .allMatch(version -> version.getKey().equals(but)
                                || version.getValue().equals(read.get(version.getKey())));
    }

    /// Lets one of the runs come to its end, maybe.
    private void end() {
        if (runsEnd && !expected.isEmpty() && random.nextInt(3) > 0) {
            var roots = expected.stream()
                    .map(Started::parameters)
                    .distinct()
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
            var root = roots.get(random.nextInt(roots.size()));
            steps.add("ends " + root);
            ended.put(root, stand.complete(graph, root));
        }
    }

    private Set<Started> whole(Set<Started> starts) {
        return starts.stream()
                .filter(start ->
                        objects.size(start.parameters()) == graph.nodes().size())
                .collect(Collectors.toSet());
    }

    /// The runs that are ready and need one of some objects.
    private Set<Started> ready(Map<String, String> there, int one) {
        var bits = 0;
        for (var i = 0; i < objects.uris().size(); i++) {
            bits |= there.containsKey(objects.uris().get(i)) ? 1 << i : 0;
        }
        return objects.ready(bits, one).stream()
                .map(parameters -> new Started(
                        parameters,
                        objects.needs(parameters).stream().collect(Collectors.toMap(uri -> uri, there::get))))
                .collect(Collectors.toSet());
    }
}
