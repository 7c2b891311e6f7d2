package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// That the benchmark still sees what it takes off; how long anything takes is none of a test's business.
class WarmBenchmarkTest {
    @Test
    void it_sees_the_requests_of_an_invocation_and_how_long_they_were_away() {
        var measured = WarmBenchmark.measure(0);
        assertThat(measured.requests()).isGreaterThan(8);
        assertThat(measured.nanosAway()).isPositive().isLessThan(measured.wallNanos());
    }
}
