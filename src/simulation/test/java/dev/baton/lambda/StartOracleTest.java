package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.CheckedGraph;
import dev.baton.lambda.generated.PipelineGenerator;
import dev.baton.lambda.generated.PipelineShape;
import dev.baton.lambda.generated.SharedClasses;
import dev.baton.lambda.simulation.Processes;
import java.util.HashSet;
import java.util.List;
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
            Integer.getInteger("baton.pipelines", Boolean.getBoolean("baton.thorough") ? 21_000 : 2_100);
    private static final int OPEN = 20;

    @Test
    void whatever_is_uploaded_in_whatever_order_just_the_ready_runs_start_and_a_sweep_starts_the_same()
            throws Exception {
        var began = System.nanoTime();
        var output = Processes.play(StartOracle.class, SEED, PIPELINES, List.of(), number -> List.of());
        var figures = output.figures();
        System.out.println("start oracle: seed " + SEED + ", " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        figures.forEach((name, value) -> System.out.println("  " + name + " " + value));
        output.assertNoFailures();
        // The oracle is worth something only if there is something to start.
        var played = figures.get("pipelines");
        assertThat(played).isGreaterThanOrEqualTo(PIPELINES - PIPELINES / 21);
        assertThat(figures.get("starts")).isGreaterThan(played);
        assertThat(figures.get("steps of every order")).isGreaterThan(20 * played);
        assertThat(figures.get("events that come twice")).isGreaterThan(played);
        assertThat(figures.get("pipelines that say which roots are started")).isGreaterThan(played / 20);
        assertThat(figures.get("starts that an object of all of history leaves away"))
                .isGreaterThan(played / 100);
    }

    @Test
    void a_pipeline_with_a_root_that_nothing_tells_is_refused_when_it_is_compiled() {
        var specs = LongStream.range(SEED, SEED + OPEN)
                .mapToObj(seed -> PipelineGenerator.open(seed, PipelineShape.STARTS))
                .toList();
        var shared = SharedClasses.of(specs);
        var codes = new HashSet<String>();
        for (var spec : specs) {
            var pipeline = shared.played(spec);
            var checked = CheckedGraph.of(pipeline.pipeline());
            assertThat(checked.graph())
                    .as("%s%n%s", spec.name(), pipeline.source())
                    .isEmpty();
            checked.findings().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::code)
                    .forEach(codes::add);
        }
        assertThat(codes).contains("TSK041", "TSK060");
    }
}
