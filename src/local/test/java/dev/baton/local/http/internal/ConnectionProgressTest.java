package dev.baton.local.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.http.internal.ConnectionProgress.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionProgressTest {
    @ParameterizedTest
    @CsvSource({"REQUEST, 170, 190", "HEAD, 19, 21", "BODY, 59, 61"})
    void a_connection_stalls_when_its_time_is_over(Waiting waiting, long before, long after) {
        var progress = new ConnectionProgress();
        progress.now(waiting);
        long start = System.nanoTime();
        assertThat(progress.isStalled(start + before * 1_000_000_000)).isFalse();
        assertThat(progress.isStalled(start + after * 1_000_000_000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"BODY, false", "HEAD, true"})
    void bytes_renew_the_time_of_a_body_and_not_that_of_a_head(Waiting waiting, boolean stalled)
            throws InterruptedException {
        var progress = new ConnectionProgress();
        progress.now(waiting);
        long start = System.nanoTime();
        while (System.nanoTime() - start < 5_000_000) {
            Thread.onSpinWait();
        }
        progress.made();
        long limit = (waiting == Waiting.BODY ? 60 : 20) * 1_000_000_000L;
        assertThat(progress.isStalled(start + limit + 2_500_000)).isEqualTo(stalled);
    }

    @Test
    void who_has_sent_its_body_waits_for_the_answer_as_long_as_it_takes() throws IOException {
        var progress = new ConnectionProgress();
        var in = new ConnectionInput(new ByteArrayInputStream("body".getBytes(StandardCharsets.US_ASCII)), progress);
        var body = new WireBody(in, progress, 4, () -> {});
        assertThat(body.readAllBytes()).hasSize(4);
        assertThat(progress.isStalled(System.nanoTime() + 86_400_000_000_000L)).isFalse();
    }
}
