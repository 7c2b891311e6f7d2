package dev.baton.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:s3:::lake/a:b",
                "arn:${Partition}:lambda:${Region}:${AccountId}:function:f",
                "arn:aws-cn:iam::123456789012:role/path/name",
                "arn:aws:states:::states:startExecution.sync:2",
            })
    void what_is_read_is_printed_again(String text) {
        assertThat(Arn.parse(text)).hasToString(text);
    }

    @Test
    void the_six_parts_are_told_apart() {
        assertThat(Arn.parse("arn:aws:states:eu-central-1:123456789012:execution:m:e"))
                .isEqualTo(new Arn("aws", "states", "eu-central-1", "123456789012", "execution:m:e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "weather", "arn:aws:s3::lake", "urn:aws:s3:::lake"})
    void other_texts_are_not_one(String text) {
        assertThat(Arn.find(text)).isNull();
        assertThatThrownBy(() -> Arn.parse(text))
                .hasMessage("expected arn:partition:service:region:account:resource, but was " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:lambda:r:1:function:f, f, arn:aws:lambda:r:1:function:f, false",
        "arn:aws:lambda:r:1:function:f:7, f, arn:aws:lambda:r:1:function:f, true",
        "arn:aws:states:r:1:stateMachine:m:live, m, arn:aws:states:r:1:stateMachine:m, true",
        "arn:aws:sqs:r:1:queue, queue, arn:aws:sqs:r:1:queue, false",
    })
    void a_version_or_an_alias_stands_behind_the_name(String text, String name, String itself, boolean qualified) {
        var arn = Arn.parse(text);
        assertThat(arn.name()).isEqualTo(name);
        assertThat(arn.isQualified()).isEqualTo(qualified);
        assertThat(arn.unqualified()).hasToString(itself);
    }

    @Test
    void a_text_is_cut_at_its_last_colon() {
        assertThat(Arn.last("arn:aws:states:r:1:stateMachine:m:3")).isEqualTo("3");
        assertThat(Arn.last("m")).isEqualTo("m");
        assertThat(Arn.beforeLast("arn:aws:states:r:1:stateMachine:m:3"))
                .isEqualTo("arn:aws:states:r:1:stateMachine:m");
        assertThat(Arn.beforeLast("m")).isEmpty();
    }
}
