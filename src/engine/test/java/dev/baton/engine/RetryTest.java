package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
    private static final String TASK = "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\"";

    /// When the attempts began, in seconds from the start.
    private static List<Double> attempts(String retriers, String error, long seed) {
        var times = new ArrayList<Double>();
        var holder = new Machines[1];
        var machines = Machines.with(
                Engine.builder().taskHandler((invocation, completion) -> {
                    times.add(Duration.between(Machines.START, holder[0].time.now())
                                    .toMillis()
                            / 1000.0);
                    completion.failure(error, "no luck");
                }),
                seed);
        holder[0] = machines;
        machines.run(Machines.jsonPath("\"T\":{" + TASK + ",\"Retry\":[" + retriers + "],\"End\":true}"), "{}");
        return times;
    }

    @Test
    void the_interval_grows_by_the_backoff_rate() {
        assertThat(attempts("{\"ErrorEquals\":[\"States.ALL\"]}", "E", 1)).containsExactly(0.0, 1.0, 3.0, 7.0);
        assertThat(attempts(
                        "{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":3,\"BackoffRate\":1.5,\"MaxAttempts\":2}",
                        "E",
                        1))
                .containsExactly(0.0, 3.0, 7.5);
    }

    @Test
    void the_interval_stops_growing_at_its_maximum() {
        assertThat(attempts(
                        "{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":3,\"MaxDelaySeconds\":5,\"MaxAttempts\":3}",
                        "E",
                        1))
                .containsExactly(0.0, 3.0, 8.0, 13.0);
    }

    @Test
    void full_jitter_draws_between_nothing_and_the_interval() {
        var retrier = "{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":10,\"BackoffRate\":1,\"MaxAttempts\":5,"
                + "\"JitterStrategy\":\"FULL\"}";
        var times = attempts(retrier, "E", 7);

        for (var i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(0.0, 10.0);
        }
        assertThat(attempts(retrier, "E", 7)).isEqualTo(times);
        assertThat(attempts(retrier, "E", 8)).isNotEqualTo(times);
    }

    @Test
    void the_first_retrier_that_names_the_error_counts_alone_for_itself() {
        assertThat(attempts(
                        "{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1},{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":5}",
                        "E",
                        1))
                .hasSize(2);
        assertThat(attempts("{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":0}", "E", 1))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0} names {1}: {2}")
    @CsvSource({
        "States.ALL, Any, true",
        "States.ALL, States.Timeout, true",
        "States.TaskFailed, Any, true",
        "States.TaskFailed, States.Timeout, false",
        "States.Timeout, States.Timeout, true",
        "Any, Any, true",
        "Any, Other, false"
    })
    void error_names_match(String name, String error, boolean matches) {
        assertThat(attempts("{\"ErrorEquals\":[\"" + name + "\"],\"MaxAttempts\":1}", error, 1))
                .hasSize(matches ? 2 : 1);
    }

    @Test
    void nothing_catches_a_runtime_error() {
        var machine = Machines.jsonPath(
                "\"T\":{" + TASK + ",\"InputPath\":\"$.none\","
                        + "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],\"End\":true},\"C\":{\"Type\":\"Succeed\"}");
        var execution = Machines.withoutTasks().run(machine, "{}");

        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.stopDate()).isEqualTo(Machines.START);
    }

    @Test
    void a_catcher_puts_the_error_where_its_result_path_says() {
        var machine = Machines.jsonPath("\"T\":{" + TASK + ",\"Catch\":[{\"ErrorEquals\":[\"E\"],"
                + "\"ResultPath\":\"$.error\",\"Next\":\"C\"}],\"End\":true},\"C\":{\"Type\":\"Succeed\"}");
        var execution = Machines.with((invocation, completion) -> completion.failure("E", "why"))
                .run(machine, "{\"a\":1}");

        assertThat(execution.output()).hasToString("{a=1, error={Error=E, Cause=why}}");
    }
}
