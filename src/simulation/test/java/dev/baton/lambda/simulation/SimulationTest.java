package dev.baton.lambda.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whole schedules of whole pipelines. `-Dbaton.simulation.seed=…` plays the schedule of one seed,
/// `-Dbaton.simulation.schedules=…` another number of them, `-Dbaton.simulation.from=…` other ones.
class SimulationTest {
    private static final long FROM = Long.getLong("baton.simulation.from", 0);
    private static final int SCHEDULES =
            Integer.getInteger("baton.simulation.schedules", Boolean.getBoolean("baton.thorough") ? 100_000 : 10_000);

    @Test
    void whatever_happens_every_run_comes_right() throws Exception {
        var seed = Long.getLong("baton.simulation.seed");
        var began = System.nanoTime();
        var count = seed == null ? SCHEDULES : 1;
        var output = Processes.play(
                Schedules.class,
                seed == null ? FROM : seed,
                count,
                List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"),
                number -> List.of(Path.of("target", "simulation", "process-" + number)
                        .toAbsolutePath()
                        .toString()));
        System.out.println(count + " schedules in " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        output.figures().forEach((name, value) -> System.out.println("  " + name + " " + value));
        output.assertNoFailures();
        if (seed == null && count >= 1_000) {
            assertRough(output.figures(), count);
        }
    }

    /// The schedules are worth something only if they are rough, and differ.
    private static void assertRough(Map<String, Long> figures, int count) {
        assertThat(figures.get("orders of requests")).isGreaterThan(count * 9L / 10);
        assertThat(figures.get("executions")).isGreaterThan(count);
        assertThat(figures.get("executions that force")).isGreaterThan(count / 12);
        var kinds = List.of("killed", "refused", "lost", "stalls", "late", "repeated", "clock", "unheard", "people");
        for (var kind : kinds) {
            assertThat(figures.get("steps: " + kind)).as(kind).isGreaterThan(count / 20);
        }
    }
}
