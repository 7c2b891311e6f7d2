package dev.baton.testing;

import static dev.baton.testing.Answer.fail;
import static dev.baton.testing.Answer.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.history.EventType;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/// An assertion that cannot fail is worth nothing: each is shown to fail.
class KitAssertionTest {
    private static final MockedMachine MACHINE = MockedMachine.of("{\"StartAt\":\"T\",\"States\":{\"T\":{"
            + "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\",\"End\":true}}}");
    private static final MockedExecution GOOD =
            MACHINE.task("T").always(succeed("{\"a\":1,\"b\":[]}")).run("{\"in\":true}");
    private static final MockedExecution BAD = MACHINE.task("T").always(fail("E", "why")).run("{}");

    static Stream<Arguments> assertions() {
        return Stream.of(
                wrong("status", BAD, MockedExecution::hasSucceeded),
                wrong("status", GOOD, MockedExecution::hasFailed),
                wrong("status", GOOD, MockedExecution::hasTimedOut),
                wrong("status", GOOD, MockedExecution::isRunning),
                wrong("output", GOOD, execution -> execution.hasOutput("{\"a\":2}")),
                wrong("status", BAD, execution -> execution.hasOutput("null")),
                wrong("error", BAD, execution -> execution.hasError("F")),
                wrong("error", GOOD, execution -> execution.hasError("E")),
                wrong("cause", BAD, execution -> execution.hasCause("why not")),
                wrong("path", GOOD, execution -> execution.hasPath("T", "U")),
                wrong("history", GOOD, execution -> execution.hasEvents(EventType.ExecutionStarted)),
                wrong("number of attempts of T", GOOD, execution -> execution.hasAttempts("T", 2)),
                wrong("number of attempts of T", GOOD, execution -> execution.hasRequest("T", 1, "{}")),
                wrong("request of call 0 of T", GOOD, execution -> execution.hasRequest("T", 0, "{}")),
                wrong("duration", GOOD, execution -> execution.lasted(Duration.ofSeconds(1))));
    }

    private static Arguments wrong(String what, MockedExecution execution, Consumer<MockedExecution> assertion) {
        return Arguments.of(what, execution, assertion);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("assertions")
    void every_assertion_fails_where_it_does_not_hold(
            String what, MockedExecution execution, Consumer<MockedExecution> assertion) {
        assertThatThrownBy(() -> assertion.accept(execution))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("expected the " + what + "\n");
    }

    @Test
    void a_failed_assertion_shows_how_the_execution_went() {
        assertThatThrownBy(BAD::hasSucceeded)
                .hasMessage("""
                        expected the status
                          SUCCEEDED
                        but it was
                          FAILED
                        The execution FAILED with E: why after PT0S; it entered T""")
                .satisfies(thrown -> assertThat(((AssertionFailedError) thrown).isActualDefined()).isTrue());
    }

    @Test
    void blanks_and_the_order_of_keys_do_not_count() {
        GOOD.hasOutput("{ \"b\": [ ], \"a\": 1 }").hasRequest("T", 0, "{ \"in\" : true }");
        assertThat(GOOD.output()).isEqualTo("{\"a\":1,\"b\":[]}");
        assertThat(GOOD.path()).containsExactly("T");
    }
}
