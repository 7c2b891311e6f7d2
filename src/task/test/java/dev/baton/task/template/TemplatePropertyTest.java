package dev.baton.task.template;

import static java.util.regex.Pattern.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.task.Pattern;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Random templates and values: whatever the reader accepts has exactly one reading for each key.
class TemplatePropertyTest {
    private static final int ROUNDS = 2_000;

    enum Size {
        S,
        SM,
        M_L,
        XL_2
    }

    record Values(
            Size size,
            Year year,
            YearMonth month,
            LocalDate day,
            int n,
            boolean flag,
            String text,

            @Pattern(
                    value = "[a-c]+",
                    samples = {"a", "b"})
            String word) {}

    private static final List<String> VALUES = List.of(
            "{size}",
            "{year}",
            "{month}",
            "{day}",
            "{n}",
            "{flag}",
            "{text}",
            "{word}",
            "{day:yyyy}",
            "{day:MM}",
            "{day:dd}",
            "{month:yyyyMM}");
    private static final List<String> TEXTS = List.of("-", "_", ".", "a", "2012", "x-", "=", "s", "é", " ", "+", "%2e");

    @Test
    void every_key_of_an_accepted_template_is_read_back_and_no_other_value_gives_it() {
        var accepted = 0;
        for (var seed = 0; seed < ROUNDS; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var text = template(random);
            if (!Template.problems(text, Values.class).isEmpty()) {
                continue;
            }
            accepted++;
            var template = Template.of(text, Values.class);
            var byKey = new HashMap<String, Map<String, String>>();
            for (var i = 0; i < 12; i++) {
                var values = values(random);
                var printed = new HashMap<>(Parameters.of(Values.class).print(values));
                printed.keySet().retainAll(template.components());
                var key = template.key(values);

                assertThat(template.match(key))
                        .as("seed %d: %s of %s", seed, key, text)
                        .contains(printed);
                var other = byKey.put(key, printed);
                // Components given in pieces only are not told, so two keys may be equal for unequal dates.
                assertThat(other == null || other.equals(printed))
                        .as("seed %d: %s of %s", seed, key, text)
                        .isTrue();
                assertThat(matches(template.pattern(Map.of()), key))
                        .as("seed %d: pattern", seed)
                        .isTrue();
                attack(random, template, key, seed);
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 5);
    }

    /// A changed key is read only as what prints that very key.
    private static void attack(RandomGenerator random, Template template, String key, int seed) {
        var at = random.nextInt(key.length());
        var bits =
                List.of("", "/", "..", "-", "0", "+", "%2F", "\n", "\u0000", "\u00e9", "e\u0301", "\u202E", "*", "A");
        var changed = key.substring(0, at)
                + bits.get(random.nextInt(bits.size()))
                + key.substring(Math.min(key.length(), at + random.nextInt(2)));
        template.match(changed).ifPresent(values -> {
            var parameters = Parameters.of(Values.class);
            var whole = new HashMap<>(parameters.print(values(random)));
            whole.putAll(values);
            if (template.components().size() == named(template.text())) {
                assertThat(template.key(parameters.parse(whole)))
                        .as("seed %d", seed)
                        .isEqualTo(changed);
            }
        });
    }

    private static int named(String template) {
        return (int) List.of("size", "year", "month", "day", "n", "flag", "text", "word").stream()
                .filter(name -> template.contains("{" + name + "}") || template.contains("{" + name + ":"))
                .count();
    }

    private static boolean matches(String pattern, String key) {
        var regex = new StringBuilder();
        for (var literal : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(quote(literal));
        }
        return key.matches(regex.toString());
    }

    private static String template(RandomGenerator random) {
        var text = new StringBuilder("s3://lake/");
        var pieces = 1 + random.nextInt(7);
        for (var i = 0; i < pieces; i++) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0, 1 -> VALUES.get(random.nextInt(VALUES.size()));
                        case 2 -> TEXTS.get(random.nextInt(TEXTS.size()));
                        case 3 -> VALUES.get(random.nextInt(VALUES.size())) + "/";
                        default -> TEXTS.get(random.nextInt(TEXTS.size())) + VALUES.get(random.nextInt(VALUES.size()));
                    });
        }
        return text.append(random.nextBoolean() ? ".csv" : "x").toString();
    }

    private static Values values(RandomGenerator random) {
        var day = LocalDate.ofEpochDay(random.nextInt(-100_000, 200_000));
        return new Values(
                Size.values()[random.nextInt(4)],
                Year.of(random.nextInt(10_000)),
                YearMonth.of(random.nextInt(10_000), 1 + random.nextInt(12)),
                day,
                random.nextBoolean() ? random.nextInt() : random.nextInt(-20, 20),
                random.nextBoolean(),
                text(random, "abcXYZ012._-"),
                text(random, "abc"));
    }

    private static String text(RandomGenerator random, String alphabet) {
        var text = new StringBuilder();
        var length = 1 + random.nextInt(5);
        for (var i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().matches("\\.+") ? "a" + text : text.toString();
    }

    @Test
    void types_agree_with_themselves_on_width_and_characters() {
        for (var seed = 0; seed < 500; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var values = values(random);
            for (var parameter : Parameters.of(Values.class).all()) {
                ParameterType type = parameter.type();
                var text = Parameters.of(Values.class).print(values).get(parameter.name());
                assertThat(text.chars().allMatch(c -> type.characters().holds((char) c)))
                        .as("seed %d: %s %s", seed, parameter.name(), text)
                        .isTrue();
                type.width().ifPresent(width -> assertThat(text).hasSize(width));
                assertThat(new ArrayList<>(type.alternatives().orElse(List.of(text))))
                        .contains(text);
            }
        }
    }
}
