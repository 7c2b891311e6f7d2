package dev.baton.lambda.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a function goes through before its first invocation.
class RehearsalTest {
    @Test
    void it_asks_sts_and_s3_for_everything_a_task_asks_them_and_sends_nothing() {
        var rehearsal = new Rehearsal("eu-central-1");
        rehearsal.run();
        // The last request is the write: an exception before it would have ended the rehearsal early.
        assertThat(rehearsal.asked())
                .containsExactly("POST ", "HEAD /b/missing", "GET /b", "HEAD /b/k", "GET /b/k", "PUT /b/k");
    }
}
