package dev.baton.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemDocumentTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void plain_values_become_attributes_and_come_back() {
        var values = new LinkedHashMap<String, Object>();
        values.put("city", "Zürich");
        values.put("days", 366);
        values.put("mean", 11.30);
        values.put("isLeap", true);
        values.put("none", null);
        values.put("wet", List.of(1, "two"));
        values.put("by", Map.of("season", Map.of("winter", new BigDecimal("4.50"))));
        values.put("stations", Set.of("b", "a"));
        values.put("digest", new byte[] {1, 2});
        var document = ItemDocument.of(values);

        assertThat(document.toString())
                .isEqualTo("{\"Item\":{\"by\":{\"M\":{\"season\":{\"M\":{\"winter\":{\"N\":\"4.5\"}}}}},"
                        + "\"city\":{\"S\":\"Zürich\"},\"days\":{\"N\":\"366\"},\"digest\":{\"B\":\"AQI=\"},"
                        + "\"isLeap\":{\"BOOL\":true},\"mean\":{\"N\":\"11.3\"},\"none\":{\"NULL\":true},"
                        + "\"stations\":{\"SS\":[\"a\",\"b\"]},\"wet\":{\"L\":[{\"N\":\"1\"},{\"S\":\"two\"}]}}}");
        assertThat(ItemDocument.parse(document.bytes())).isEqualTo(document);
        assertThat(document.values())
                .containsEntry("city", "Zürich")
                .containsEntry("days", 366L)
                .containsEntry("mean", new BigDecimal("11.3"))
                .containsEntry("isLeap", true)
                .containsEntry("none", null)
                .containsEntry("wet", List.of(1L, "two"))
                .containsEntry("by", Map.of("season", Map.of("winter", new BigDecimal("4.5"))))
                .containsEntry("stations", Set.of("a", "b"))
                .containsEntry("digest", new byte[] {1, 2});
    }

    /// As a table answers and as a task writes them.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"N\":\"100\"}; {\"N\":\"1E+2\"}",
                "{\"N\":\"0\"}; {\"N\":\"0.00\"}",
                "{\"N\":\"-0.5\"}; {\"N\":\"-0.50\"}",
                "{\"SS\":[\"a\",\"b\"]}; {\"SS\":[\"b\",\"a\"]}",
                "{\"NS\":[\"1\",\"2\"]}; {\"NS\":[\"2.0\",\"1\"]}",
                "{\"M\":{\"a\":{\"N\":\"1\"},\"b\":{\"S\":\"\"}}}; {\"M\":{\"b\":{\"S\":\"\"},\"a\":{\"N\":\"1.0\"}}}",
                "{\"L\":[{\"N\":\"1\"}]}; {\"L\":[{\"N\":\"1.0\"}]}"
            })
    void what_dynamodb_takes_for_the_same_has_the_same_bytes(String one, String other) {
        assertThat(ItemDocument.parse(utf8("{\"Item\":{\"x\":" + other + "}}")).bytes())
                .isEqualTo(ItemDocument.parse(utf8("{\"Item\":{\"x\":" + one + "}}"))
                        .bytes())
                .isEqualTo(utf8("{\"Item\":{\"x\":" + one + "}}"));
    }

    @Test
    void what_dynamodb_does_not_have_is_refused_with_its_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemDocument.of(Map.of("year", Year.of(2012))))
                .withMessageContaining("the attribute year is a java.time.Year");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemDocument.of(Map.of("of", Map.of("stations", Set.of()))))
                .withMessageContaining("of.stations is a set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemDocument.of(Map.of("mean", Double.NaN)))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> ItemDocument.parse(utf8("{\"mean\":1}")));
        assertThatIllegalArgumentException().isThrownBy(() -> ItemDocument.parse(utf8("no JSON")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemDocument.parse(utf8("{\"Item\":{\"x\":{\"S\":\"a\",\"N\":\"1\"}}}")));
    }
}
