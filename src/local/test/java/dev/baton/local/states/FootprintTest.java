package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.definition.Asl;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.local.http.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What closed executions hold, and how much of it is kept.
class FootprintTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:machine";

    /// Hands its input on, and makes one new text of it.
    private static final String TWO = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},"
            + "\"B\":{\"Type\":\"Pass\",\"Parameters\":{\"x.$\":\"States.Format('{}!',$.x)\"},\"End\":true}}}";

    private final VirtualScheduler time = new VirtualScheduler(Instant.EPOCH);
    private final Engine engine =
            Engine.builder().scheduler(time).random(new Random(1)).build();

    private Execution run(String name, int length) {
        var machine = PreparedMachine.of(
                Asl.parse("definition", TWO, StateMachineType.STANDARD).orThrow());
        var execution = engine.start(ExecutionRequest.of(machine, MACHINE, name, Map.of("x", "y".repeat(length))));
        time.settle();
        return execution;
    }

    @Test
    void a_value_that_many_events_share_counts_once() {
        var small = Footprint.of(run("small", 10));
        var large = Footprint.of(run("large", 100_010));

        // One text is handed on by five events, another one is new.
        assertThat(large - small).isBetween(200_000L, 201_000L);
    }

    @Test
    void closed_executions_are_forgotten_by_what_they_hold_the_oldest_first_and_the_last_one_never() {
        var executions = new Executions(
                engine, null, new ExecutionRetention(Duration.ofDays(90), 10_000, 2_000_000, 1_000_000, 1_000_000));
        var closed = new ArrayList<Execution>();
        for (var i = 0; i < 20; i++) {
            closed.add(run("e" + i, 100_000));
            executions.closed(closed.getLast());
        }
        assertThat(executions.heldBytes()).isLessThan(1_000_000L);

        var huge = run("huge", 2_000_000);
        executions.closed(huge);
        assertThat(executions.heldBytes()).isEqualTo(Footprint.of(huge, ""));
    }

    @Test
    void what_runs_must_fit_into_its_part_of_the_heap_until_something_closes() {
        var open = new OpenExecutions(500_000);
        var first = run("first", 100_000);
        open.begin(first.request().input());
        open.begin(Map.of("x", "y".repeat(100_000)));

        assertThatThrownBy(() -> open.begin(Map.of("x", "y".repeat(100_000))))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("ExecutionLimitExceeded"));
        open.begin(Map.of());
        open.closed(first);
        open.begin(Map.of("x", "y".repeat(100_000)));
    }
}
