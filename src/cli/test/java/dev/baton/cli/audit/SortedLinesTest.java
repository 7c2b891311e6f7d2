package dev.baton.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// However little memory there is, lines come in the same order, each once.
class SortedLinesTest {
    @Test
    void the_order_does_not_depend_on_memory_or_on_the_order_of_arrival() throws IOException {
        var seed = 17L;
        var random =
                RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
        var lines = new ArrayList<EvidenceLine>();
        for (var i = 0; i < 3_000; i++) {
            lines.add(new EvidenceLine(
                    Instant.ofEpochMilli(random.nextInt(500)),
                    AuditKind.values()[random.nextInt(AuditKind.values().length)],
                    "id-" + random.nextInt(5),
                    Map.of("x", "y".repeat(random.nextInt(3)))));
        }
        var inMemory = sorted(lines, 10_000_000);
        assertThat(sorted(lines.reversed(), 500)).as("seed " + seed).isEqualTo(inMemory);
        assertThat(inMemory).isSorted().doesNotHaveDuplicates().hasSize((int) lines.stream()
                .map(line -> line.order() + line.beginning())
                .distinct()
                .count());
    }

    private static List<SortedLines.SortedLine> sorted(List<EvidenceLine> lines, int most) throws IOException {
        var sorted = new ArrayList<SortedLines.SortedLine>();
        try (var all = new SortedLines(most)) {
            for (var line : lines) {
                all.add(line);
            }
            all.forEach(sorted::add);
        }
        return sorted;
    }

    @Test
    void the_canonical_form_is_that_of_rfc_8785() {
        // The example of section 3.2.3 on names, and that of 3.2.2 on texts.
        assertThat(CanonicalJson.print(Map.of(
                        "\u20ac", "Euro Sign",
                        "\r", "Carriage Return",
                        "\ufb33", "Hebrew Letter Dalet With Dagesh",
                        "1", "One",
                        "\ud83d\ude00", "Emoji: Grinning Face",
                        "\u0080", "Control",
                        "\u00f6", "Latin Small Letter O With Diaeresis")))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
        assertThat(CanonicalJson.print(List.of("\u20ac$\u000f\nA'B\"\\\\\"/", 1L << 53, (1L << 53) - 1)))
                .isEqualTo("[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"9007199254740992\",9007199254740991]");
    }
}
