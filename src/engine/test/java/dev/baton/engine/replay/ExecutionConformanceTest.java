package dev.baton.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Replays what the real service did (`-Dbaton.corpus=DIR`) and holds the rates.
@EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
class ExecutionConformanceTest {
    private static final double PASS_FLOOR = 99.5;
    private static final double CAUSE_FLOOR = 98;
    private static final double STRICT_FLOOR = 99;
    private static final double DEEP_FLOOR = 98;

    @Test
    void recorded_executions_end_as_the_service_ended_them() throws IOException {
        var corpus = Path.of(System.getProperty("baton.corpus"));
        var verdicts = new ArrayList<Verdict>();
        for (var folder : List.of("execution", "execution-reported")) {
            RecordedCase.readAll(corpus.resolve(folder))
                    .forEach(recorded -> verdicts.add(RecordingReplay.of(recorded)));
        }
        var withoutChoice = verdicts.stream()
                .filter(verdict -> !verdict.recorded().category().equals("choice"))
                .toList();

        System.out.println("executions                " + VerdictCounts.of(verdicts));
        System.out.println("  without category choice " + VerdictCounts.of(withoutChoice));
        VerdictCounts.byCategory(verdicts)
                .forEach((category, tally) -> System.out.printf("  %-24s%s%n", category, tally));
        verdicts.stream()
                .filter(verdict -> !verdict.isExact())
                .forEach(verdict -> System.out.println("  " + verdict.recorded().id() + " " + verdict.differences()));

        System.out.printf(
                Locale.ROOT,
                "executions in which nothing differs: %.2f %%%n",
                VerdictCounts.of(verdicts).deepRate());
        verdicts.forEach(verdict -> verdict.details()
                .forEach(detail -> System.out.println("  " + verdict.recorded().id() + " " + detail)));

        assertThat(verdicts).as("cases below %s", corpus).isNotEmpty();
        assertThat(VerdictCounts.of(verdicts).deepRate()).isGreaterThanOrEqualTo(DEEP_FLOOR);
        for (var tally : List.of(VerdictCounts.of(verdicts), VerdictCounts.of(withoutChoice))) {
            assertThat(tally.passRate()).isGreaterThanOrEqualTo(PASS_FLOOR);
            assertThat(tally.causeRate()).isGreaterThanOrEqualTo(CAUSE_FLOOR);
            assertThat(tally.strictRate()).isGreaterThanOrEqualTo(STRICT_FLOOR);
        }
    }
}
