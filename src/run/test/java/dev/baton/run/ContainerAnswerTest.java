package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.task.DataInvalid;
import dev.baton.task.InvalidInput;
import dev.baton.task.Superseded;
import dev.baton.task.Undeclared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerAnswerTest {

    static RuntimeException[] failures() {
        return new RuntimeException[] {
            new DataInvalid("s3://lake/a.csv", 3, 7, "a number was expected; declare it: no"),
            new DataInvalid("s3://lake/a.csv", "it is empty"),
            new InvalidInput("the year is not a year"),
            new Superseded("s3://lake/a.csv", "run-1", "run-2"),
            new Undeclared("Clean reads s3://lake/b.csv", "add Access.read(\"s3://lake/\") to uses() of Clean")
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_for_good_comes_out_of_a_container_as_itself(RuntimeException failure) {
        var left = ContainerAnswer.of(failure).orElseThrow();
        assertThat(ContainerAnswer.parse(left.toJson()))
                .isInstanceOfSatisfying(
                        ContainerAnswer.Failed.class,
                        told -> assertThat(told.failure())
                                .hasSameClassAs(failure)
                                .hasMessage(failure.getMessage())
                                .usingRecursiveComparison()
                                .ignoringFields("stackTrace", "suppressedExceptions")
                                .isEqualTo(failure));
    }

    @Test
    void a_result_comes_out_of_a_container_as_it_was() {
        var answer = new ContainerAnswer.Completed(TaskResult.unneeded("Clean"));
        assertThat(ContainerAnswer.parse(answer.toJson())).isEqualTo(answer);
    }

    @Test
    void what_another_attempt_may_mend_is_no_answer() {
        assertThat(ContainerAnswer.of(new IOException("the disk is full"))).isEmpty();
        assertThat(ContainerAnswer.of(new IllegalStateException("not yet"))).isEmpty();
    }

    @Test
    void what_is_no_answer_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> ContainerAnswer.parse("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the container's answer lacks \"failure\"");
    }
}
