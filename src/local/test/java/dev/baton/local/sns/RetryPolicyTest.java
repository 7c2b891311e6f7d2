package dev.baton.local.sns;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.http.AwsError;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The delays before retries over HTTP, phase by phase.
class RetryPolicyTest {
    private static RetryPolicy policy(String members) {
        return RetryPolicy.ofSubscription("{\"healthyRetryPolicy\":{" + members.replace('\'', '"') + "}}");
    }

    /// The delays until there is none, in seconds.
    private static String delays(RetryPolicy policy) {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(policy::delay)
                .takeWhile(delay -> delay != null)
                .map(delay -> Long.toString(delay.toSeconds()))
                .collect(joining(" "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                                                    | 20 20 20",
                "'numRetries':0                                                                      | ``",
                "'numRetries':2,'numNoDelayRetries':2                                                | 0 0",
                "'numRetries':4,'minDelayTarget':1,'maxDelayTarget':10                               | 1 4 7 10",
                "'numRetries':5,'minDelayTarget':1,'maxDelayTarget':16,'backoffFunction':'geometric' | 1 2 5 9 16",
                "'numRetries':5,'minDelayTarget':1,'maxDelayTarget':16,'backoffFunction':'exponential' | 1 2 4 8 16",
                "'numRetries':7,'numNoDelayRetries':1,'numMinDelayRetries':2,'numMaxDelayRetries':1,'minDelayTarget':2,'maxDelayTarget':8 | 0 2 2 2 5 8 8",
            })
    void each_phase_has_its_delays(String members, String expected) {
        assertThat(delays(policy(members == null ? "" : members))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'numRetries':101",
                "'numRetries':1,'numNoDelayRetries':2",
                "'minDelayTarget':0",
                "'minDelayTarget':5,'maxDelayTarget':4",
                "'maxDelayTarget':3601",
                "'backoffFunction':'random'",
            })
    void what_sns_does_not_take_is_refused(String members) {
        assertThatThrownBy(() -> policy(members))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("healthyRetryPolicy");
    }
}
