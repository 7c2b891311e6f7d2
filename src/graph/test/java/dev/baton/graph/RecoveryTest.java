package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.RecoveryPolicy;
import dev.baton.task.DataInvalid;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.Recover;
import dev.baton.task.Recovery;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Policies of recovery: what is read of them, and what is found to be wrong.
class RecoveryTest {
    @Intent("An upload")
    public record Rain(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/rain/{year}.txt", this);
        }
    }

    @Recover(
            on = {"States.Timeout", "java.net.SocketTimeoutException"},
            times = 2,
            after = "PT10M")
    @Intent("What grew")
    public record Grass(Year year) implements Task {
        @Override
        public List<Rain> requires() {
            return List.of(new Rain(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/grass/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    private static List<Diagnostic> findings(Recovery recovery) {
        return CheckedGraph.of(Pipeline.of("grass", Grass.class).recovered(recovery))
                .findings();
    }

    @Test
    void a_policy_is_declared_at_the_root_or_at_the_pipeline_and_covers_what_passes() {
        var declared = CheckedGraph.of(Pipeline.of("grass", Grass.class))
                .orThrow()
                .pipeline()
                .recovery();
        assertThat(declared.map(RecoveryPolicy::of))
                .hasValue(new RecoveryPolicy(
                        List.of("States.Timeout", "java.net.SocketTimeoutException"), 2, Duration.ofMinutes(10)));
        var policy = RecoveryPolicy.of(declared.orElseThrow());
        assertThat(policy.covers("States.Timeout")).isTrue();
        assertThat(policy.covers("java.io.IOException")).isFalse();
        assertThat(RecoveryPolicy.of(policy.toJson())).isEqualTo(policy);

        var all = Pipeline.of("grass", Grass.class)
                .recovered(new Recovery(List.of("States.ALL"), 1, "PT0S"))
                .samples(new Grass(Year.of(2001)))
                .recovery()
                .map(RecoveryPolicy::of)
                .orElseThrow();
        assertThat(all.covers("java.io.IOException")).isTrue();
        assertThat(all.covers(DataInvalid.class.getName())).as("never").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | PT1M | TSK090 | a blank one",
                "a.B,a.B | 1 | PT1M | TSK090 | comes twice",
                "dev.baton.task.DataInvalid | 1 | PT1M | TSK091 | never redriven",
                "States.ALL,dev.baton.task.InvalidInput | 1 | PT1M | TSK091 | InvalidInput",
                "a.B | 0 | PT1M | TSK092 | 0 times",
                "a.B | 11 | PT1M | TSK092 | 11 times",
                "a.B | 1 | ten minutes | TSK093 | ten minutes",
                "a.B | 1 | -PT1S | TSK094 | -PT1S",
                "a.B | 3 | P5D | TSK094 | 14 days"
            })
    void what_is_wrong_with_a_policy_is_found_when_it_is_compiled(
            String on, int times, String after, String code, String says) {
        assertThat(findings(new Recovery(List.of(on.split(",")), times, after)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(code);
                    assertThat(finding.message()).contains(says);
                });
    }

    @Test
    void a_policy_without_errors_is_refused() {
        assertThat(findings(new Recovery(List.of(), 1, "PT1M")))
                .extracting(Diagnostic::code)
                .containsExactly("TSK090");
    }
}
