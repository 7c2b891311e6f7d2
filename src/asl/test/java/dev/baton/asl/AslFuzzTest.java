package dev.baton.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.baton.asl.definition.Asl;
import dev.baton.asl.definition.Definition;
import dev.baton.asl.path.IntrinsicCall;
import dev.baton.asl.path.JsonPath;
import dev.baton.asl.path.PathSyntaxException;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is read, nothing comes of it but findings. Seeded: `-Dbaton.seed=N` repeats a run, `-Dbaton.rounds=N`
/// goes further.
class AslFuzzTest {
    private static final long SEED = Long.getLong("baton.seed", 20_261_122L);
    private static final int ROUNDS = Integer.getInteger("baton.rounds", 4_000);
    private static final String SIGNS = "$@.[]()'\"*?:,{}% \\-0123456789abStates.Format\n\u0000\uD83D\uDE00~&|!=<>`";

    private final Random random = new Random(SEED);

    @Test
    @Timeout(120)
    void broken_texts_give_findings() throws IOException {
        var texts = seeds();
        for (var i = 0; i < ROUNDS; i++) {
            judge(brokenText(texts.get(random.nextInt(texts.size()))));
        }
    }

    @Test
    @Timeout(120)
    void broken_values_give_findings() throws IOException {
        var texts = seeds();
        for (var i = 0; i < ROUNDS; i++) {
            try {
                judge(Json.print(broken(Json.parse(texts.get(random.nextInt(texts.size()))), 1 + random.nextInt(4))));
            } catch (JsonException e) {
                // Some of the examples are no JSON on purpose.
            }
        }
    }

    @Test
    @Timeout(60)
    void paths_and_calls_of_any_characters_are_read_or_refused() {
        for (var i = 0; i < 20 * ROUNDS; i++) {
            var text = (i % 2 == 0 ? "$" : "States.Format(") + signs(random.nextInt(24));
            try {
                if (i % 2 == 0) {
                    assertThat(JsonPath.parse(text).text()).isEqualTo(text.strip());
                } else {
                    assertThat(IntrinsicCall.parse(text).text()).isEqualTo(text.strip());
                }
            } catch (PathSyntaxException e) {
                assertThat(e.why()).isNotBlank();
                assertThat(e.offset()).isBetween(0, text.length());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + SEED + ": " + text, e);
            }
        }
    }

    @Test
    @Timeout(60)
    void depth_ends_in_a_finding() {
        for (var opening : List.of("[", "{\"a\":", "{\"And\":[", "{\"Not\":", "{\"States\":{\"A\":")) {
            refused(opening.repeat(100_000));
        }
        var graph = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[";
        refused(graph.repeat(190) + "]}}}".repeat(190));
        var rules = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Choice\",\"Choices\":[";
        refused(rules + "{\"Not\":".repeat(900) + "{}" + "}".repeat(900) + "]}}}");
        var template = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true,\"Parameters\":";
        assertThat(judge(template + "[".repeat(990) + "]".repeat(990) + "}}}").isValid())
                .as("as deep as JSON is read")
                .isTrue();
        refused(template + "[".repeat(1_000) + "]".repeat(1_000) + "}}}");
        refused("{\"QueryLanguage\":\"JSONata\"," + template.substring(1).replace("Parameters", "Output") + "\"{% "
                + "(".repeat(50_000) + " %}\"}}}");
        refused("{\"QueryLanguage\":\"JSONata\"," + template.substring(1).replace("Parameters", "Output") + "\"{% "
                + "[".repeat(3_000) + "1" + "]".repeat(3_000) + " %}\"}}}");
    }

    private void refused(String text) {
        assertThat(judge(text).isValid()).as(text.substring(0, 200)).isFalse();
    }

    private Definition judge(String text) {
        try {
            var type = random.nextBoolean() ? StateMachineType.STANDARD : StateMachineType.EXPRESS;
            var definition = Asl.parse("fuzz", text, type);
            if (definition.machine() == null) {
                assertThat(definition.isValid()).isFalse();
                assertThat(definition.findings())
                        .as("a definition that cannot be read has to say why: %s", text)
                        .anyMatch(finding -> finding.diagnostic().isError());
            } else {
                assertThat(Asl.parse("again", definition.machine().toJson(), type)
                                .machine())
                        .isEqualTo(definition.machine());
            }
            return definition;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + SEED + ": " + text.substring(0, Math.min(5_000, text.length())), e);
        }
    }

    private static List<String> seeds() throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.list(Path.of("test/resources/findings"))) {
            for (var file : files.filter(each -> each.toString().endsWith(".asl.json"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private String brokenText(String text) {
        var broken = new StringBuilder(text);
        for (var i = 0; i <= random.nextInt(4) && !broken.isEmpty(); i++) {
            var at = random.nextInt(broken.length());
            switch (random.nextInt(4)) {
                case 0 -> broken.deleteCharAt(at);
                case 1 -> broken.insert(at, signs(1 + random.nextInt(3)));
                case 2 -> broken.setLength(at);
                default -> broken.replace(at, Math.min(broken.length(), at + 1), signs(1));
            }
        }
        return broken.toString();
    }

    private String signs(int count) {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    /// The value with some of its parts replaced by others of any type.
    private Object broken(Object json, int parts) {
        if (parts > 0 && random.nextInt(8) == 0) {
            return any();
        }
        return switch (json) {
            case Map<?, ?> object -> {
                var copy = new LinkedHashMap<String, Object>();
                object.forEach((name, value) -> {
                    if (random.nextInt(40) != 0) {
                        copy.put(random.nextInt(40) == 0 ? name + signs(1) : (String) name, broken(value, parts));
                    }
                });
                yield copy;
            }
            case List<?> array -> {
                var copy = new ArrayList<Object>();
                array.forEach(element -> copy.add(broken(element, parts)));
                yield copy;
            }
            case null, default -> json;
        };
    }

    private Object any() {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextDouble() * 1e300;
            case 3 -> random.nextBoolean();
            case 4 -> List.of();
            case 5 -> Map.of();
            case 6 -> "$" + signs(random.nextInt(8));
            case 7 -> "{% " + signs(random.nextInt(12)) + " %}";
            case 8 -> List.of("States.ALL", 1L, Map.of("Type", "Pass"));
            default -> signs(random.nextInt(12));
        };
    }
}
