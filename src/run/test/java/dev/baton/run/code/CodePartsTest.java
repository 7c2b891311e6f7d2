package dev.baton.run.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CodePartsTest {
    @Test
    void what_was_written_is_read_again() {
        var parts = new CodeParts(new TreeMap<>(Map.of("class own.Meal", "0123456789abcdef", "jar csv-4.jar", "00")));
        assertThat(parts.json())
                .asString()
                .isEqualTo("{\"code\":{\"class own.Meal\":\"0123456789abcdef\",\"jar csv-4.jar\":\"00\"}}");
        assertThat(CodeParts.parse(parts.json())).isEqualTo(parts);
    }

    @Test
    void what_is_not_such_an_object_is_refused() {
        for (var other : new String[] {"", "[]", "{\"code\":3}", "{\"code\":{\"class A\":1}}"}) {
            assertThatThrownBy(() -> CodeParts.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isInstanceOf(InvalidInput.class);
        }
    }
}
