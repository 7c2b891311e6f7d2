package dev.baton.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/// Which backends must be there, and what becomes of a run where one is not.
class BackendsTest {
    private static Backends.Offer offer(Map<String, String> variables, String name) {
        return Backends.all(variables).stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Executable only(Backends.Offer offer) {
        var tests = ((DynamicContainer) SuiteTest.on(offer)).getChildren().toList();
        assertThat(tests).hasSize(1);
        return ((DynamicTest) tests.getFirst()).getExecutable();
    }

    @Test
    void without_docker_localstack_is_skipped_with_the_reason() {
        var absent = Backends.localStack(Optional.of("no Docker runs here"), false);

        assertThatThrownBy(only(absent)::execute)
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no Docker runs here");
    }

    @Test
    void without_docker_localstack_fails_where_the_flag_demands_it() {
        System.setProperty(Backends.NEEDS_LOCALSTACK, "true");
        try {
            var demanded = offer(Map.of(), "LocalStack");
            assertThat(demanded.required()).isTrue();
            var absent = Backends.localStack(Optional.of("no Docker runs here"), demanded.required());
            assertThatThrownBy(only(absent)::execute)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("LocalStack is required, but no Docker runs here");
        } finally {
            System.clearProperty(Backends.NEEDS_LOCALSTACK);
        }
        assertThat(offer(Map.of(), "LocalStack").required()).isFalse();
    }

    @Test
    void continuous_integration_needs_every_backend_that_needs_nothing_but_a_build() {
        for (var name : new String[] {"embedded, in process", "embedded, --lambda process", "given, over HTTPS"}) {
            assertThat(offer(Map.of("CI", "true"), name).required()).as(name).isTrue();
        }
        assertThat(offer(Map.of(), "given, over HTTPS").required()).isFalse();
    }

    @Test
    void what_is_asked_for_by_a_variable_is_required() {
        assertThat(offer(Map.of("BATON_TEST_ENDPOINT", "https://localhost:1"), "BATON_TEST_ENDPOINT")
                        .required())
                .isTrue();
        assertThat(offer(Map.of("BATON_TEST_AWS", "1"), "AWS account").required()).isTrue();
        assertThat(offer(Map.of("BATON_TEST_AWS", "0"), "AWS account").missing())
                .hasValueSatisfying(reason -> assertThat(reason).contains("cost money"));
    }

    @Test
    void a_report_names_what_a_backend_can_and_what_it_lacks_and_why() {
        assertThat(SuiteTest.capabilities(Backends.localStack(Optional.empty(), false)))
                .isEqualTo("can EVENTS, lacks ENFORCEMENT (LocalStack's free edition enforces no IAM policy),"
                        + " REDRIVE (LocalStack answers RedriveExecution with 501)");
        assertThat(SuiteTest.capabilities(offer(Map.of("BATON_TEST_LACKS", "REDRIVE"), "BATON_TEST_ENDPOINT")))
                .isEqualTo("can EVENTS ENFORCEMENT, lacks REDRIVE (BATON_TEST_LACKS says so)");
        assertThat(SuiteTest.capabilities(offer(Map.of(), "AWS account")))
                .isEqualTo("can EVENTS ENFORCEMENT REDRIVE, lacks nothing");
    }
}
