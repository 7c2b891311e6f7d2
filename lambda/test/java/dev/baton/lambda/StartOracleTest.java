package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.lambda.StartStand.Started;
import dev.baton.lambda.generated.Compilation;
import dev.baton.lambda.generated.GeneratedPipeline;
import dev.baton.lambda.generated.PipelineGenerator;
import dev.baton.lambda.generated.PipelineShape;
import dev.baton.lambda.generated.PipelineSpec;
import dev.baton.lambda.generated.PlayedObjects;
import dev.baton.lambda.generated.SharedClasses;
import dev.baton.task.graph.TaskGraph;
import dev.baton.task.graph.Triggers;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// After every event those runs are started that brute force finds ready, and no others: random pipelines, random
/// uploads, re-uploads and deletions, in every order.
///
/// A pipeline is made of its seed alone. One that fails is named with it, and is the first that
/// `-Dbaton.seed=<seed>` plays. `-Dbaton.thorough=true` plays ten times as many.
class StartOracleTest {
    private static final long SEED = Long.getLong("baton.seed", 20_261_130L);
    private static final int PIPELINES =
            Integer.getInteger("baton.pipelines", Boolean.getBoolean("baton.thorough") ? 2_000 : 200);
    /// Every so many pipelines one is of classes of its own, as an author writes them; the others share theirs.
    private static final int OWN = 20;
    /// So many are compiled at once.
    private static final int BATCH = 1_000;
    /// What a pipeline of many kinds may be refused for: two places that are one task for some root.
    private static final Set<String> ELSEWHERE = Set.of("TSK033", "TSK035", "TSK031");

    private final Map<String, Integer> refused = new TreeMap<>();
    private int played;
    private int transitions;
    private int starts;

    @Test
    void whatever_is_uploaded_in_whatever_order_just_the_ready_runs_start_and_a_sweep_starts_the_same() {
        for (var begin = SEED; begin < SEED + PIPELINES; begin += BATCH) {
            var specs = LongStream.range(begin, Math.min(begin + BATCH, SEED + PIPELINES))
                    .mapToObj(seed -> PipelineGenerator.of(seed, PipelineShape.STARTS))
                    .collect(Collectors.partitioningBy(spec -> seed(spec) % OWN == SEED % OWN));
            Compilation.of(specs.get(true)).forEach(this::play);
            var shared = SharedClasses.of(specs.get(false));
            specs.get(false).forEach(spec -> play(shared.played(spec)));
        }
        System.out.printf(
                "start oracle: seed %d, %d pipelines, %d refused %s, %d steps of every order, %d starts%n",
                SEED, played, PIPELINES - played, refused, transitions, starts);
        // The oracle is worth something only if there is something to start.
        assertThat(played).isGreaterThanOrEqualTo(PIPELINES * 9 / 10);
        assertThat(starts).isGreaterThan(played);
    }

    @Test
    void a_pipeline_with_a_root_that_nothing_tells_is_refused_when_it_is_compiled() {
        var specs = LongStream.range(SEED, SEED + PIPELINES / 10)
                .mapToObj(seed -> PipelineGenerator.open(seed, PipelineShape.STARTS))
                .toList();
        var shared = SharedClasses.of(specs);
        for (var spec : specs) {
            var pipeline = shared.played(spec);
            var checked = TaskGraph.check(pipeline.pipeline());
            assertThat(checked.graph()).as("%s", told(pipeline)).isEmpty();
            checked.findings().stream()
                    .filter(Diagnostic::isError)
                    .forEach(finding -> refused.merge(finding.code(), 1, Integer::sum));
        }
        assertThat(refused).containsKeys("TSK041", "TSK060");
    }

    private void play(GeneratedPipeline pipeline) {
        var checked = TaskGraph.check(pipeline.pipeline());
        if (checked.graph().isEmpty()) {
            var codes = checked.findings().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::code)
                    .distinct()
                    .toList();
            codes.forEach(code -> refused.merge(code, 1, Integer::sum));
            assertThat(ELSEWHERE).as("%s", told(pipeline)).containsAll(codes);
            return;
        }
        played++;
        var random = new Random(seed(pipeline.spec()));
        everyOrder(pipeline, checked.graph().get().triggers(), random);
        script(pipeline, checked.graph().get().nodes().size(), random);
    }

    /// The rule for every set of objects and every one of them as the last: what the rule says depends on nothing else,
    /// so these are all orders.
    private void everyOrder(GeneratedPipeline pipeline, Triggers triggers, Random random) {
        var objects = new PlayedObjects(pipeline.spec(), random, random.nextInt(20) == 0 ? 6 : 4);
        var uris = objects.uris();
        for (var there = 1; there < 1 << uris.size(); there++) {
            var listing = listing(uris, there);
            assertThat(ready(triggers.all(listing), objects, there))
                    .as("%s%nsweep over %s of %s", told(pipeline), there, uris)
                    .isEqualTo(objects.ready(there));
            for (var last = 0; last < uris.size(); last++) {
                if ((there & 1 << last) != 0) {
                    var candidates = triggers.roots(uris.get(last), listing).orElseThrow();
                    assertThat(ready(candidates.parameters(), objects, there))
                            .as("%s%nof %s of %s, %s last", told(pipeline), there, uris, uris.get(last))
                            .isEqualTo(objects.ready(there, 1 << last));
                    transitions++;
                }
            }
        }
    }

    private static Triggers.Listing listing(List<String> uris, int there) {
        return prefix -> IntStream.range(0, uris.size())
                .filter(i -> (there & 1 << i) != 0)
                .mapToObj(uris::get)
                .filter(uri -> uri.startsWith(prefix));
    }

    private static Set<Map<String, String>> ready(List<Map<String, String>> roots, PlayedObjects objects, int there) {
        var ready = objects.ready(there);
        return roots.stream().filter(ready::contains).collect(Collectors.toSet());
    }

    /// The function that is deployed, for one order of uploads, uploads again and deletions, with events that come late
    /// and in another order; and its sweep from nothing.
    ///
    /// @param size how many tasks the graph has: a root that has fewer cannot run, and is told
    private void script(GeneratedPipeline pipeline, int size, Random random) {
        var stand = new StartStand(pipeline);
        var objects = new PlayedObjects(pipeline.spec(), random, 8);
        var uris = objects.uris();
        if (uris.isEmpty()) {
            return;
        }
        var order = new ArrayList<>(IntStream.range(0, uris.size()).boxed().toList());
        Collections.shuffle(order, random);
        for (var more = random.nextInt(4); more > 0; more--) {
            order.add(random.nextInt(uris.size()));
        }
        var versions = new HashMap<String, String>();
        var expected = new HashSet<Started>();
        var late = new ArrayList<Integer>();
        var steps = new ArrayList<String>();
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
                var event = late.remove(random.nextInt(late.size()));
                steps.add("hears of " + uris.get(event));
                deliver(stand, objects, size, versions, event, expected, steps);
                assertThat(stand.started()).as("%s%n%s", told(pipeline), steps).isEqualTo(expected);
            }
        }
        for (var event : late) {
            steps.add("hears at last of " + uris.get(event));
            deliver(stand, objects, size, versions, event, expected, steps);
        }
        assertThat(stand.started())
                .as("%s%n%s", told(pipeline), steps)
                .isEqualTo(expected)
                .containsAll(whole(all(objects, versions, -1), objects, size));
        starts += expected.size();

        stand.anew();
        var there = new HashMap<String, String>();
        versions.keySet().forEach(uri -> there.put(uri, stand.upload(uri)));
        stand.sweep();
        assertThat(stand.started())
                .as("%s%nsweep", told(pipeline))
                .isEqualTo(whole(all(objects, there, -1), objects, size));
    }

    private static void deliver(
            StartStand stand,
            PlayedObjects objects,
            int size,
            Map<String, String> versions,
            int event,
            Set<Started> expected,
            Object steps) {
        var misshapen = stand.created(objects.uris().get(event));
        // What is there counts, not what the event tells: of a deleted object nothing follows.
        var ready = all(objects, versions, 1 << event);
        for (var start : ready) {
            if (objects.size(start.parameters()) == size) {
                expected.add(start);
            } else {
                assertThat(misshapen).as("%s", steps).contains(start.parameters());
            }
        }
    }

    private static Set<Started> whole(Set<Started> starts, PlayedObjects objects, int size) {
        return starts.stream()
                .filter(start -> objects.size(start.parameters()) == size)
                .collect(Collectors.toSet());
    }

    /// The runs that are ready and need one of some objects.
    private static Set<Started> all(PlayedObjects objects, Map<String, String> versions, int one) {
        var there = 0;
        for (var i = 0; i < objects.uris().size(); i++) {
            there |= versions.containsKey(objects.uris().get(i)) ? 1 << i : 0;
        }
        return objects.ready(there, one).stream()
                .map(parameters -> new Started(
                        parameters,
                        objects.needs(parameters).stream().collect(Collectors.toMap(uri -> uri, versions::get))))
                .collect(Collectors.toSet());
    }

    private static long seed(PipelineSpec spec) {
        return Long.parseLong(spec.name().substring(1));
    }

    /// What finds it again. The text is long and made only where it is told.
    private static Object told(GeneratedPipeline pipeline) {
        return new Object() {
            @Override
            public String toString() {
                return "-Dbaton.seed=" + seed(pipeline.spec()) + "\n" + pipeline.source();
            }
        };
    }
}
