package dev.baton.task.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Access;
import dev.baton.task.Compute;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Timeout;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What tasks declare beside their requirements.
class DeclarationFindingsTest {

    @Intent("too much")
    @Retries(value = 100, intervalSeconds = 0, backoffRate = 0.5, maxDelaySeconds = -1)
    @Timeout(minutes = 16)
    @Compute(memory = 64)
    record TooMuch(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/t/{year}", this);
        }
    }

    @Test
    void annotations_out_of_bounds_are_refused_all_at_once() {
        assertThat(Made.codes(TooMuch.class)).containsExactly("TSK009");
        assertThat(Made.findings(Pipeline.of("p", TooMuch.class)))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "@Retries must be from 0 to 99, but was 100",
                        "@Retries(intervalSeconds) must be at least 1, but was 0",
                        "@Retries(backoffRate) must be at least 1.0, but was 0.5",
                        "@Retries(maxDelaySeconds) must be 0, or more than intervalSeconds and less than a year, but"
                                + " was -1",
                        "@Compute(memory) must be from 128 to 10240 on Lambda, but was 64",
                        "@Timeout must be at most 15 minutes on Lambda (@Compute(on = FARGATE) for longer), but was"
                                + " PT16M");
    }

    @Intent("does not know what it uses")
    record Unsure(Year year) implements Made {
        public Target output() {
            return S3Target.at("s3://lake/unsure/{year}", this);
        }

        public List<Access> uses() {
            return List.of(Access.read("s3://lake/no-slash"));
        }
    }

    @Test
    void an_access_that_is_none_is_refused_with_its_own_sentence() {
        assertThat(Made.messages(Unsure.class).getFirst())
                .isEqualTo("TSK006 p/Unsure: uses() of Unsure[2013] failed: java.lang.IllegalArgumentException: an"
                        + " access names a prefix that ends in /, such as s3://lake/reference/, but was"
                        + " s3://lake/no-slash");
    }
}
