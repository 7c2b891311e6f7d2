package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapStateTest {
    private static final String WORK = "\"ItemProcessor\":{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\","
            + "\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true}}}";

    private static PreparedMachine map(String fields) {
        return Machines.jsonPath("\"M\":{\"Type\":\"Map\"," + fields + "," + WORK + ",\"End\":true}");
    }

    @ParameterizedTest(name = "{1} items, at most {0}: {2} at once")
    @CsvSource({"1, 5, 1", "3, 5, 3", "0, 5, 5", "0, 100, 40", "99, 100, 40"})
    void no_more_iterations_run_than_are_allowed(int allowed, int items, int expected) {
        Deque<TaskCompletion> open = new ArrayDeque<>();
        var machines = Machines.with((invocation, completion) -> open.add(completion));
        var execution =
                machines.start(map("\"MaxConcurrency\":" + allowed), Json.print(Collections.nCopies(items, 1L)));
        var most = 0;
        machines.time.settle();
        while (!open.isEmpty()) {
            most = Math.max(most, open.size());
            open.poll().success(1L);
            machines.time.settle();
        }

        assertThat(most).isEqualTo(expected);
        assertThat(execution.output()).isEqualTo(Collections.nCopies(items, 1L));
    }

    @Test
    void outputs_stand_in_the_order_of_the_items_whoever_ends_first() {
        Deque<TaskCompletion> open = new ArrayDeque<>();
        var machines = Machines.with((invocation, completion) -> open.push(completion));
        var execution = machines.start(map("\"MaxConcurrency\":0"), "[1,2,3]");
        machines.time.settle();
        for (var i = 3; !open.isEmpty(); i--) {
            open.pop().success("output " + i);
        }
        machines.time.settle();

        assertThat(execution.output()).isEqualTo(List.of("output 1", "output 2", "output 3"));
    }

    @Test
    void a_failed_iteration_aborts_the_others() {
        Deque<TaskCompletion> open = new ArrayDeque<>();
        var machines = Machines.with((invocation, completion) -> open.add(completion));
        var execution = machines.start(map("\"MaxConcurrency\":2"), "[1,2,3]");
        machines.time.settle();
        open.poll().failure("E", "C");
        machines.time.settle();

        assertThat(execution.error()).isEqualTo("E");
        assertThat(open.peek().isOver()).isTrue();
        assertThat(types(execution))
                .endsWith(
                        "TaskFailed",
                        "MapIterationFailed",
                        "TaskStateAborted",
                        "MapIterationAborted",
                        "MapStateFailed",
                        "ExecutionFailed");
    }

    @Test
    void the_selector_sees_the_item_and_its_index() {
        var machine = Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"ItemsPath\":\"$.items\",\"MaxConcurrency\":1,"
                + "\"ItemSelector\":{\"i.$\":\"$$.Map.Item.Index\",\"v.$\":\"$$.Map.Item.Value\",\"all.$\":\"$.name\","
                + "\"from.$\":\"$$.Map.Item.Source\"},"
                + "\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Parameters\":{"
                + "\"in.$\":\"$\",\"again.$\":\"$$.Map.Item.Index\"},\"End\":true}}},\"End\":true}");
        var execution = Machines.withoutTasks().run(machine, "{\"items\":[\"a\",\"b\"],\"name\":\"n\"}");

        assertThat(execution.output())
                .isEqualTo(
                        Json.parse("[{\"in\":{\"i\":0,\"v\":\"a\",\"all\":\"n\",\"from\":\"STATE_DATA\"},\"again\":0},"
                                + "{\"in\":{\"i\":1,\"v\":\"b\",\"all\":\"n\",\"from\":\"STATE_DATA\"},\"again\":1}]"));
    }

    @Test
    void an_iteration_reads_outer_variables_and_assigns_its_own() {
        var machine = Machines.jsonata("\"A\":{\"Type\":\"Pass\",\"Assign\":{\"x\":1},\"Next\":\"M\"},"
                + "\"M\":{\"Type\":\"Map\",\"Items\":[1,2],\"MaxConcurrency\":1,"
                + "\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{"
                + "\"P\":{\"Type\":\"Pass\",\"Assign\":{\"y\":\"{% $x + $states.input %}\"},\"Next\":\"Q\"},"
                + "\"Q\":{\"Type\":\"Pass\",\"Output\":\"{% [$x, $y] %}\",\"End\":true}}},\"End\":true}");

        assertThat(Machines.withoutTasks().run(machine, "{}").output()).isEqualTo(Json.parse("[[1,2],[1,3]]"));
    }

    @Test
    void nested_maps_tell_handlers_all_their_indexes() {
        var seen = new ArrayList<List<Integer>>();
        var machines = Machines.with((invocation, completion) -> {
            seen.add(invocation.iterations());
            completion.success(null);
        });
        machines.run(
                Machines.jsonPath("\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"ItemProcessor\":{\"StartAt\":\"N\","
                        + "\"States\":{\"N\":{\"Type\":\"Map\",\"MaxConcurrency\":1," + WORK
                        + ",\"End\":true}}},\"End\":true}"),
                "[[1,2],[3]]");

        assertThat(seen).containsExactly(List.of(0, 0), List.of(0, 1), List.of(1, 0));
    }

    @Test
    void what_is_no_array_is_refused() {
        var execution = Machines.withoutTasks().run(map("\"ItemsPath\":\"$.items\""), "{\"items\":{}}");

        assertThat(execution.error()).isEqualTo("States.Runtime");
        assertThat(execution.cause()).endsWith("Reference path \"$.items\" must point to array.");
    }

    private static PreparedMachine numbers(String caught) {
        return Machines.jsonata("\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"Catch\":[{\"ErrorEquals\":[\"" + caught
                + "\"],\"Next\":\"W\"}]" + "," + WORK + ",\"End\":true,"
                + "\"ItemSelector\":{\"x\":\"{% $number($states.context.Map.Item.Value) %}\"}},"
                + "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");
    }

    @Test
    void an_item_for_which_nothing_can_be_selected_lets_no_other_iteration_begin() {
        Deque<TaskCompletion> open = new ArrayDeque<>();
        var machines = Machines.with((invocation, completion) -> open.add(completion));
        var execution = machines.run(numbers("States.ALL"), "[\"1\",\"no\"]");

        assertThat(open).isEmpty();
        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "MapIterationAborted",
                        "EvaluationFailed",
                        "MapStateFailed",
                        "MapStateExited",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void an_item_for_which_nothing_could_be_selected_is_tried_again_by_a_redrive() {
        var machines = Machines.with((invocation, completion) -> completion.success(1L));
        var execution = machines.run(numbers("Other"), "[\"1\",\"2\",\"no\"]");
        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);

        machines.engine.redrive(execution.arn());
        machines.time.run();

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(types(execution)).filteredOn("MapStateFailed"::equals).hasSize(2);
    }
}
