package dev.baton.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules by which a recording matches.
class TextMatchTest {

    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"b":2}            | {"b":2,"a":1}
                    1                        | 1.0
                    "word"                   | {"any":["value"]}
                    "id <token:1> end"       | "id xyz end"
                    "at date."               | "at 2026-01-01T00:00:00.000Z."
                    "date"                   | "date"
                    {"2020-01-01T00:00:00Z":1} | {"2026-01-01T00:00:00Z":1}
                    {"myTimestamp":"timestamp"} | {"myTimestamp":5}
                    {"$any":true}            | [1]
                    {"$json":{"a":1}}        | "{\\"a\\": 1}"
                    """)
    void what_the_recorder_replaced_matches(String expected, String actual) {
        assertThat(matches(expected, actual)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not match {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1}                  | {"a":1,"b":2}
                    {"a":1,"b":2}            | {"a":1}
                    [1,2]                    | [2,1]
                    1                        | "1"
                    1                        | true
                    true                     | 1
                    null                     | ""
                    "other"                  | "word"
                    "id <token:2> end"       | "id xyz end"
                    "id <token:1> end"       | "id xyz"
                    "update"                 | "up2026-01-01T00:00:00.000Z"
                    "date"                   | "yesterday"
                    {"name":"timestamp"}     | {"name":5}
                    {"$json":{"a":1}}        | "{\\"a\\": 2}"
                    "timestamp"              | "5"
                    """)
    void what_differs_does_not_match(String expected, String actual) {
        assertThat(matches(expected, actual)).isFalse();
    }

    private static boolean matches(String expected, String actual) {
        return new TextMatch(List.of("word", "<token:1>")).equal(Json.parse(expected), Json.parse(actual));
    }
}
