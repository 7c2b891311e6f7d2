package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.RunTriggers;
import dev.baton.lambda.generated.Compilation;
import dev.baton.lambda.generated.GeneratedPipeline;
import dev.baton.lambda.generated.PipelineGenerator;
import dev.baton.lambda.generated.PipelineShape;
import dev.baton.lambda.generated.PipelineSpec;
import dev.baton.lambda.generated.PlayedObjects;
import dev.baton.lambda.generated.SharedClasses;
import dev.baton.lambda.simulation.Processes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A process that holds the starts of random pipelines against brute force, one pipeline after the other.
public final class StartOracle {
    /// Every so many pipelines one is of classes of its own, as an author writes them; the others share theirs.
    private static final int OWN = 40;
    /// So many are compiled at once.
    private static final int BATCH = 1_500;
    /// What a pipeline of many kinds may be refused for: two places that are one task for some root.
    private static final Set<String> TWICE = Set.of("TSK033", "TSK035", "TSK031");
    /// What one may be refused for whose way back is hard to find: a date of the root is not known to be told.
    private static final Set<String> UNTOLD = Set.of("TSK040", "TSK041", "TSK060");

    private final Map<String, Integer> figures = new TreeMap<>();

    private StartOracle() {}

    /// Plays the pipelines of every n-th seed until one fails.
    ///
    /// @param arguments the first seed, the one after the last, n
    public static void main(String[] arguments) {
        var oracle = new StartOracle();
        var failures =
                oracle.play(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
        oracle.figures.forEach((name, count) -> System.out.println(Processes.FIGURES + name + " " + count));
        var processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        System.out.println(Processes.FIGURES + "processor seconds " + processor / 1_000_000_000);
        System.out.println(Processes.FAILURES + failures);
        System.exit(failures);
    }

    private int play(long from, long end, long apart) {
        for (var begin = from; begin < end; begin += BATCH * apart) {
            var last = Math.min(end, begin + BATCH * apart);
            var specs = LongStream.iterate(begin, seed -> seed < last, seed -> seed + apart)
                    .mapToObj(seed -> PipelineGenerator.of(seed, PipelineShape.STARTS))
                    .collect(Collectors.partitioningBy(spec -> (seed(spec) - from) / apart % OWN == 0));
            var shared = SharedClasses.of(specs.get(false));
            var all = Stream.concat(
                            Compilation.of(specs.get(true)).stream(),
                            specs.get(false).stream().map(shared::played))
                    .iterator();
            while (all.hasNext()) {
                var pipeline = all.next();
                try {
                    play(pipeline);
                } catch (AssertionError | RuntimeException e) {
                    System.out.println("pipeline " + (1 + (seed(pipeline.spec()) - from) / apart)
                            + " of this process fails, -Dbaton.seed=" + seed(pipeline.spec()) + "\n" + e + "\n"
                            + pipeline.source());
                    e.printStackTrace(System.out);
                    return 1;
                }
            }
        }
        return 0;
    }

    private static long seed(PipelineSpec spec) {
        return Long.parseLong(spec.name().substring(1));
    }

    private void play(GeneratedPipeline pipeline) {
        var checked = CheckedGraph.of(pipeline.pipeline());
        if (checked.graph().isEmpty()) {
            refused(pipeline.spec(), checked.findings());
            return;
        }
        var graph = checked.graph().get();
        var random = new Random(seed(pipeline.spec()));
        everyOrder(pipeline, new RunTriggers(graph), random);
        var script = new StartScript(pipeline, graph, random);
        script.play();
        script.figures().forEach(this::count);
        count("pipelines", 1);
        count(
                "pipelines that say which roots are started",
                pipeline.spec().given().isPresent() ? 1 : 0);
    }

    private void refused(PipelineSpec spec, List<Diagnostic> findings) {
        for (var finding : findings) {
            if (finding.isError()) {
                var isTold = TWICE.contains(finding.code())
                        || ((spec.hasSeveralDates() || spec.movesMonths()) && UNTOLD.contains(finding.code()));
                assertThat(isTold).as("%s", finding).isTrue();
            }
        }
        count("refused", 1);
    }

    private void count(String what, int more) {
        figures.merge(what, more, Integer::sum);
    }

    /// The rule for every set of objects and every one of them as the last: what the rule says depends on nothing else,
    /// so these are all orders.
    private void everyOrder(GeneratedPipeline pipeline, RunTriggers triggers, Random random) {
        var objects = new PlayedObjects(pipeline.spec(), random, random.nextInt(30) == 0 ? 6 : 4);
        var uris = objects.uris();
        for (var there = 1; there < 1 << uris.size(); there++) {
            var listing = listing(uris, there);
            assertThat(ready(triggers.all(listing), objects, there))
                    .as("sweep over %s of %s", there, uris)
                    .isEqualTo(objects.ready(there));
            for (var last = 0; last < uris.size(); last++) {
                if ((there & 1 << last) != 0) {
                    var candidates = triggers.roots(uris.get(last), listing).orElseThrow();
                    assertThat(ready(candidates.parameters(), objects, there))
                            .as("of %s of %s, %s last", there, uris, uris.get(last))
                            .isEqualTo(objects.ready(there, 1 << last));
                    count("steps of every order", 1);
                }
            }
        }
    }

    private static RunTriggers.Listing listing(List<String> uris, int there) {
        return prefix -> IntStream.range(0, uris.size())
                .filter(i -> (there & 1 << i) != 0)
                .mapToObj(uris::get)
                .filter(uri -> uri.startsWith(prefix));
    }

    private static Set<Map<String, String>> ready(List<Map<String, String>> roots, PlayedObjects objects, int there) {
        var ready = objects.ready(there);
        return roots.stream().filter(ready::contains).collect(Collectors.toSet());
    }
}
