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
    void theMeasureIsTheLengthOfTheText() {
        var random = new Random(SEED);
        for (var i = 0; i < 5_000; i++) {
            var value = RandomJson.value(random, 4);

            assertThat(PayloadLimit.measure(value, Long.MAX_VALUE))
                    .as("seed %s, value %s: %s", SEED, i, Json.print(value))
                    .isEqualTo(Json.bytes(value).length);
        }
    }

    @Test
    void theLimitItselfIsAllowed() {
        var text = "a".repeat(PayloadLimit.BYTES - 2);

        assertThat(PayloadLimit.exceeds(text)).isFalse();
        assertThat(PayloadLimit.exceeds(text + "a")).isTrue();
        assertThat(PayloadLimit.exceeds(Map.of("k", text))).isTrue();
        assertThat(PayloadLimit.exceeds(List.of(1L, text))).isTrue();
    }

    @Test
    void theLimitCountsBytesAndNotCharacters() {
        assertThat(PayloadLimit.exceeds("é".repeat(PayloadLimit.BYTES / 2))).isTrue();
        assertThat(PayloadLimit.exceeds("é".repeat(PayloadLimit.BYTES / 2 - 1))).isFalse();
    }
}
