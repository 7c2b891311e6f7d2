package dev.baton.lambda.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sts.model.Tag;

class AttemptTest {
    private static final String PREFIX = "arn:aws:states:eu-central-1:123456789012:execution:baton-weather:";

    private static Attempt attempt(String execution, String task, long number) {
        return new Attempt("weather", PREFIX + execution, task, number, "climate");
    }

    @Test
    void the_session_is_named_by_execution_task_and_attempt() {
        assertThat(attempt("weather-2012", "CleanObservations", 2).sessionName())
                .matches("[A-Z2-7]{16}\\.CleanObservations\\.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weather-2012-0123456789abcdef0123456789abcdef",
                "Ünïcode-名前-🌧",
                "!'()_-.",
                "x",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatever_an_execution_is_called_every_limit_of_sts_is_kept(String execution) {
        var attempt = attempt(execution, "A".repeat(90), 99);

        assertThat(attempt.sessionName()).matches("[\\w+=,.@-]{2,64}").endsWith(".99");
        assertThat(attempt.sourceIdentity()).matches("[\\w+=,.@-]{2,64}").startsWith("weather.");
        assertThat(attempt.tags()).allSatisfy(tag -> {
            assertThat(tag.key()).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
            assertThat(tag.value()).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
        });
        assertThat(attempt.tags())
                .extracting(Tag::key)
                .containsExactly("baton:pipeline", "baton:task", "baton:execution", "baton:owner");
    }

    @Test
    void two_executions_whose_names_read_alike_in_a_tag_stay_two() {
        assertThat(attempt("run!", "T", 0).tags()).isNotEqualTo(attempt("run'", "T", 0).tags());
    }

    @Test
    void a_plain_execution_stands_in_its_tag_as_it_is() {
        assertThat(attempt("weather-2012", "T", 0).tags())
                .extracting(Tag::value)
                .containsExactly("weather", "T", PREFIX + "weather-2012", "climate");
    }
}
