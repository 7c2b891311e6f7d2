package dev.baton.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbTargetTest {

    @Intent("a target of a test")
    record Summary(String city, Year year) implements Task {
        @Override
        public DynamoDbTarget output() {
            return DynamoDbTarget.item("summaries", "city", "{city}", this).sortedByNumber("year", "{year}");
        }

        @Override
        public void run(TaskRun run) {}
    }

    private static final Summary SEATTLE = new Summary("seattle", Year.of(2012));

    @Test
    void the_key_and_the_place_of_the_document_are_made_of_the_parameters() {
        assertThat(SEATTLE.output().key())
                .isEqualTo(Map.of("city", Map.of("S", "seattle"), "year", Map.of("N", "2012")));
        assertThat(SEATTLE.output().uri()).isEqualTo("s3://items/summaries/seattle/2012.json");
        assertThat(SEATTLE.output().documentIn("lake").uri()).isEqualTo("s3://lake/summaries/seattle/2012.json");
        assertThat(DynamoDbTarget.item("summaries", "id", "{city}#{year}", SEATTLE)
                        .key())
                .isEqualTo(Map.of("id", Map.of("S", "seattle#2012")));
    }

    @Test
    void the_pattern_of_partition_keys_has_what_is_known() {
        assertThat(SEATTLE.output().partitions(Map.of())).isEqualTo("*");
        assertThat(SEATTLE.output().partitions(Map.of("city", "seattle"))).isEqualTo("seattle");
    }

    @Test
    void a_document_holds_what_is_beyond_the_key_in_the_form_that_tasks_write() {
        var document = ItemDocument.of(Map.of("mean", 11.3));
        assertThat(SEATTLE.output().document(document.bytes())).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{\"mean\":11.3}",
                "{\"Item\":{\"mean\":{\"N\":\"11.30\"}}}",
                "{\"Item\":{\"city\":{\"S\":\"x\"}}}",
                "{\"Item\":{\"baton\":{\"S\":\"x\"}}}"
            })
    void what_is_no_document_is_refused(String written) {
        assertThatThrownBy(() -> SEATTLE.output().document(written.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataInvalid.class)
                .hasMessageContaining("RUN060");
    }

    @Test
    void what_cannot_be_a_key_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DynamoDbTarget.item("a b", "id", "{city}", SEATTLE));
        assertThatIllegalArgumentException().isThrownBy(() -> DynamoDbTarget.item("cities", "id", "a/{city}", SEATTLE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DynamoDbTarget.item("cities", "baton", "{city}", SEATTLE));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DynamoDbTarget.item("cities", "id", "{city}", SEATTLE).sortedBy("id", "{year}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DynamoDbTarget.item("cities", "id", "{city}", SEATTLE).sortedByNumber("n", "1{year}"));
    }
}
