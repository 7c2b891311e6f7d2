package dev.baton.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.time.RealScheduler;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends the memory, the stack or the patience of a thread ends one execution, and no other.
class ErrorsTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:111111111111:stateMachine:machine";

    private static final PreparedMachine TASK = Machines.jsonPath(
            "\"T\":{\"Type\":\"Task\",\"End\":true," + "\"Resource\":\"arn:aws:states:::lambda:invoke\"}");

    /// Takes its whole five seconds.
    private static final PreparedMachine ENDLESS = Machines.jsonata(
            "\"P\":{\"Type\":\"Pass\",\"End\":true,\"Output\":\"{% ($f := function($x){$f($x + 1)}; $f(1)) %}\"}");

    private static Error error(String name) {
        return switch (name) {
            case "memory" -> new OutOfMemoryError("injected");
            case "stack" -> new StackOverflowError("injected");
            default -> new NoClassDefFoundError("injected");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "stack", "class"})
    void an_error_in_a_handler_fails_the_task_and_the_next_execution_succeeds(String kind) {
        var errors = new ArrayList<>(List.of(error(kind)));
        var machines = Machines.with((invocation, completion) -> {
            if (!errors.isEmpty()) {
                throw errors.removeLast();
            }
            completion.success("done");
        });

        var first = machines.run(TASK, "{}");
        var second = machines.run(TASK, "{}");

        assertThat(first.error()).isEqualTo("States.Runtime");
        assertThat(first.cause()).contains("injected");
        assertThat(second.output()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "stack", "class"})
    void an_error_in_the_engine_itself_fails_its_execution_alone(String kind) {
        var errors = new ArrayList<>(List.of(error(kind)));
        var machines = Machines.with((invocation, completion) -> completion.success(new Unmeasurable(errors)));

        var first = machines.run(TASK, "{}");
        var second = machines.run(TASK, "{}");

        assertThat(first.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(first.error()).isEqualTo("States.Runtime");
        assertThat(first.cause()).contains("injected");
        assertThat(second.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    /// A result that throws once when the engine looks at it.
    private static final class Unmeasurable extends java.util.AbstractMap<String, Object> {
        private final List<Error> errors;

        Unmeasurable(List<Error> errors) {
            this.errors = errors;
        }

        @Override
        public java.util.Set<Entry<String, Object>> entrySet() {
            if (!errors.isEmpty()) {
                throw errors.removeLast();
            }
            return Map.<String, Object>of().entrySet();
        }
    }

    private static CompletableFuture<Execution> start(Engine engine, PreparedMachine machine, String name) {
        return engine.start(ExecutionRequest.of(machine, MACHINE, name, Map.of()))
                .closed()
                .toCompletableFuture();
    }

    @Test
    void expressions_that_take_their_whole_time_stop_nobody_and_are_stopped() throws Exception {
        try (var scheduler = new RealScheduler(Clock.systemUTC(), 2)) {
            var engine = Engine.builder().scheduler(scheduler).build();
            var endless = new ArrayList<CompletableFuture<Execution>>();
            for (var i = 0; i < 6; i++) {
                endless.add(start(engine, ENDLESS, "endless" + i));
            }
            var innocent = start(engine, Machines.jsonPath("\"P\":{\"Type\":\"Pass\",\"End\":true}"), "innocent");
            assertThat(innocent.get(30, TimeUnit.SECONDS).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(endless).noneMatch(CompletableFuture::isDone);

            for (var i = 0; i < endless.size(); i++) {
                engine.stop(MACHINE.replace("stateMachine", "execution") + ":endless" + i, "Enough", null);
            }
            for (var each : endless) {
                var stopped = each.get(30, TimeUnit.SECONDS);
                assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
                assertThat(stopped.error()).isEqualTo("Enough");
            }
        }
    }

    @Test
    void an_expression_that_fails_for_no_reason_of_jsonatas_is_told_apart() {
        var execution = Machines.withoutTasks()
                .run(
                        Machines.jsonata(
                                "\"P\":{\"Type\":\"Pass\",\"Output\":\"{% $base64decode('!!!') %}\",\"End\":true}"),
                        "{}");
        assertThat(execution.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(execution.cause())
                .contains("The JSONata expression '$base64decode('!!!')' specified for the field 'Output' threw an"
                        + " internal error during evaluation. Illegal base64 character");
    }
}
