package dev.baton.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is wrong with secrets that are to be rotated when tasks complete.
class RotationFindingsTest {
    private static final Access.Secret KEY = Access.secret("door/key");

    @Intent("belongs to another pipeline")
    record Elsewhere(Year year) implements Made {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/elsewhere/{year}", this);
        }
    }

    @Intent("opens the inner door")
    record Inner(Year year) implements Made {
        @Override
        public List<Access> uses() {
            return List.of(KEY);
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/inner/{year}", this);
        }
    }

    @Intent("opens the outer door")
    record Outer(Year year) implements Made {
        @Override
        public List<Inner> requires() {
            return List.of(new Inner(year));
        }

        @Override
        public List<Access> uses() {
            return List.of(
                    KEY.rotateAfter(Outer.class, Duration.ofHours(1)).rotatedBy("turn"),
                    Access.secret("gate/key").rotateAfter(Elsewhere.class),
                    Access.secret("roof/key").rotateAfter(Outer.class, Duration.ofMillis(1_500)));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/outer/{year}", this);
        }
    }

    @Test
    void a_rotation_that_no_task_begins_or_on_which_two_do_not_agree_is_refused_all_at_once() {
        assertThat(Made.findings(Pipeline.of("p", Outer.class)))
                .extracting(finding -> finding.code() + " " + finding.message())
                .containsExactlyInAnyOrder(
                        "TSK117 has the secret door/key rotated after Outer with a grace of PT1H by turn, but Inner has"
                                + " it not rotated",
                        "TSK116 has the secret gate/key rotated after Elsewhere, which is not a task that the pipeline"
                                + " p runs",
                        "TSK118 the grace of the secret roof/key must be whole seconds from PT1S to P300D, but was"
                                + " PT1.5S");
    }

    @Test
    void the_secrets_that_are_rotated_are_those_that_say_so() {
        var graph = CheckedGraph.of(Pipeline.of("p", Inner.class)).orThrow();
        assertThat(RotatedSecrets.of(graph)).isEmpty();
    }
}
