package dev.baton.asl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.Definition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Large definitions: their limit, and that reading them takes time in proportion.
class DefinitionSizeTest {

    @Test
    void one_byte_more_than_a_megabyte_is_refused() {
        assertThat(ofSize(1_048_576).isValid()).isTrue();
        assertThat(ofSize(1_048_577).diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("ASL003");
            assertThat(diagnostic.message()).contains("1048577");
        });
    }

    @Test
    @Timeout(20)
    void a_megabyte_of_states_is_read_with_time_to_spare() {
        var definition = Asl.parse("chain", chain(10_000));
        assertThat(definition.findings()).isEmpty();
        assertThat(definition.orThrow().states()).hasSize(10_000);
    }

    @Test
    @Timeout(20)
    void a_megabyte_of_mistakes_is_reported_with_time_to_spare() {
        var text = chain(10_000).replace("\"End\"", "\"Ende\"").replace("\"Next\":\"", "\"Next\":\"No");
        var started = System.nanoTime();
        var definition = Asl.parse("chain", text);
        assertThat(definition.findings()).hasSizeGreaterThan(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    private static Definition ofSize(int bytes) {
        var frame = "{\"Comment\":\"\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}";
        var comment = "x".repeat(bytes - frame.length());
        return Asl.parse("large", frame.replace("\"Comment\":\"\"", "\"Comment\":\"" + comment + "\""));
    }

    private static String chain(int states) {
        var text = new StringBuilder("{\"StartAt\":\"S0\",\"States\":{");
        for (var i = 0; i < states; i++) {
            text.append("\"S").append(i).append("\":{\"Type\":\"Pass\",");
            text.append(i == states - 1 ? "\"End\":true}" : "\"Next\":\"S" + (i + 1) + "\"},");
        }
        return text.append("}}").toString();
    }
}
