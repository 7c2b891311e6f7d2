package dev.baton.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void parses_every_type_to_its_plain_value() {
        assertThat(Json.parse("[null,true,\"ä\\n\",7,12345678901234567890,1.5,{\"b\":[],\"a\":{}}]"))
                .isEqualTo(Arrays.asList(
                        null,
                        true,
                        "ä\n",
                        7L,
                        new BigInteger("12345678901234567890"),
                        1.5,
                        Map.of("b", List.of(), "a", Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"b\":1,\"a\":[1.5,\"\\u0001\\\"\\\\\",null,{}]}", "[]", "\"\"", "-0.25", "true"})
    void prints_what_it_parsed(String text) {
        assertThat(Json.print(Json.parse(text))).isEqualTo(text);
    }

    @Test
    void pretty_keeps_the_order_of_keys() {
        assertThat(Json.pretty(Json.parse("{\"b\":[1,{}],\"a\":[]}")))
                .isEqualTo("{\n  \"b\": [\n    1,\n    {}\n  ],\n  \"a\": []\n}\n");
    }

    @Test
    void says_where_a_text_stops_being_json() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": nul\n}"))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.line()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 2", "{\"a\":1}}", "[1,]", "{a:1}", "NaN"})
    void refuses_what_is_not_exactly_one_value(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void refuses_nesting_that_would_exhaust_the_stack() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(JsonException.class);
    }
}
