package dev.baton.cli.deploy.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class NewRolesTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final NewRoles roles = new NewRoles(pauses::add);
    private final AtomicInteger asked = new AtomicInteger();

    /// A service that refuses so often, and then answers.
    private Supplier<String> refusing(int times, String message) {
        return () -> {
            if (asked.getAndIncrement() < times) {
                throw LambdaException.builder()
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorMessage(message).build())
                        .build();
            }
            return "done";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The role defined for the function cannot be assumed by Lambda.",
                "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume"
                        + " the provided role.",
                "Invalid principal in policy: \"AWS\":\"arn:aws:iam::000000000000:role/baton/a/b\""
            })
    void what_is_refused_because_a_role_is_new_is_asked_again(String message) {
        assertThat(roles.heardOf(refusing(2, message))).isEqualTo("done");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void what_is_refused_for_another_reason_is_not() {
        assertThatThrownBy(() -> roles.heardOf(refusing(1, "Rate exceeded"))).isInstanceOf(LambdaException.class);
        assertThat(asked).hasValue(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void after_a_minute_the_refusal_is_told() {
        assertThatThrownBy(() ->
                        roles.heardOf(refusing(100, "The role defined for the function cannot be assumed by Lambda.")))
                .isInstanceOf(LambdaException.class);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofMinutes(1));
    }
}
