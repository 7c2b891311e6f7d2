package dev.baton.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackfillProgressTest {
    @Test
    void a_run_of_two_executions_is_one_run() {
        var told = new StringWriter();
        var progress = new BackfillProgress(new PrintWriter(told), false, 2, () -> Instant.EPOCH);

        progress.told("failed", Map.of("year", "2012"), "of the changed upload");
        progress.told("succeeded", Map.of("year", "2012"), "forced");
        progress.told("succeeded", Map.of("year", "2013"), "forced");
        progress.summary();

        assertThat(told.toString().lines())
                .containsExactly(
                        "failed     2012  of the changed upload  (1 of 2, about 0.0 s left)",
                        "succeeded  2012  forced  (1 of 2, about 0.0 s left)",
                        "succeeded  2013  forced  (2 of 2)",
                        "2 runs: 2 succeeded, 0.0 s");
    }
}
