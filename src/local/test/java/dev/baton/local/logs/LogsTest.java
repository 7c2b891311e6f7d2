package dev.baton.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Logs in memory, where nothing is kept.
class LogsTest {
    private long now = 1_000_000;
    private final Logs logs = new Logs(() -> Instant.ofEpochMilli(now), null, null);

    @Test
    void of_a_long_stream_the_newest_lines_stay() {
        var stream = logs.stream("/g", "long");
        for (int i = 0; i < 30_000; i++) {
            now++;
            stream.add("line " + i + " " + "x".repeat(80));
        }
        var events = stream.events();
        assertThat(events).hasSizeBetween(3_000, 12_000);
        assertThat(events.getLast().message()).startsWith("line 29999 ");
        assertThat(events.getFirst().message()).startsWith("line " + (30_000 - events.size()) + " ");
    }

    @Test
    void of_many_streams_those_stay_that_were_written_last() {
        var first = logs.stream("/g", "first");
        for (int i = 0; i < 300; i++) {
            now++;
            logs.stream("/g", "s" + i).add("x");
            first.add("still written");
        }
        assertThat(logs.streams("/g"))
                .hasSize(256)
                .extracting(LogStream::name)
                .contains("first", "s299")
                .doesNotContain("s0", "s10");
    }
}
