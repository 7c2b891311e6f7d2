package dev.baton.local.logs.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
    record Case(String message, String pattern, boolean found) {}

    static Stream<Case> documented() throws IOException {
        var cases = new ArrayList<Case>();
        try (var file = FilterPatternTest.class.getResourceAsStream("documented.txt")) {
            String message = "";
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("+") || line.startsWith("-")) {
                    cases.add(new Case(message, line.substring(1).strip(), line.startsWith("+")));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    message = line;
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void a_pattern_finds_what_the_user_guide_says(Case each) {
        assertThat(FilterPattern.parse(each.pattern()).matches(each.message())).isEqualTo(each.found());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo.bar",
                "\"open",
                "{ $.a",
                "{ $.a = }",
                "{ $.a = 1 } more",
                "{ a = 1 }",
                "{ $.a > x }",
                "{ $.a IS MAYBE }",
                "[a, b",
                "[..., a, ...]",
                "[a] b",
                "%(%",
                "%open"
            })
    void what_is_no_pattern_is_refused(String text) {
        assertThatThrownBy(() -> FilterPattern.parse(text))
                .isInstanceOf(InvalidFilterPattern.class)
                .message()
                .startsWith("Invalid");
    }

    @Test
    void the_guides_examples_are_all_of_three_kinds() throws IOException {
        assertThat(documented()
                        .map(each ->
                                FilterPattern.parse(each.pattern()).getClass().getSimpleName())
                        .distinct())
                .containsExactlyInAnyOrder("TermPattern", "JsonPattern", "FieldPattern");
    }
}
