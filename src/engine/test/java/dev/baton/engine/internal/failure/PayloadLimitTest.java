package dev.baton.engine.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.RandomJson;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadLimitTest {
    private static final long SEED = 20261122;

    @Test
    void the_measure_is_the_length_of_the_text() {
        var random = new Random(SEED);
        for (var i = 0; i < 5_000; i++) {
            var value = RandomJson.value(random, 4);

            assertThat(PayloadLimit.measure(value, Long.MAX_VALUE))
                    .as("seed %s, value %s: %s", SEED, i, Json.print(value))
                    .isEqualTo(Json.bytes(value).length);
        }
    }

    @Test
    void the_limit_itself_is_allowed() {
        var text = "a".repeat(PayloadLimit.BYTES - 2);

        assertThat(PayloadLimit.exceeds(text)).isFalse();
        assertThat(PayloadLimit.exceeds(text + "a")).isTrue();
        assertThat(PayloadLimit.exceeds(Map.of("k", text))).isTrue();
        assertThat(PayloadLimit.exceeds(List.of(1L, text))).isTrue();
    }

    @Test
    void the_limit_counts_bytes_and_not_characters() {
        assertThat(PayloadLimit.exceeds("é".repeat(PayloadLimit.BYTES / 2))).isTrue();
        assertThat(PayloadLimit.exceeds("é".repeat(PayloadLimit.BYTES / 2 - 1))).isFalse();
    }
}
