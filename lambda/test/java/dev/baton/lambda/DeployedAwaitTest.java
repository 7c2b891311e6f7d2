package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.Compiler;
import dev.baton.compiler.CompilerOptions;
import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.graph.CheckedGraph;
import dev.baton.json.Json;
import dev.baton.lambda.farm.Bridge;
import dev.baton.lambda.farm.Ledger;
import dev.baton.lambda.farm.Plank;
import dev.baton.lambda.farm.Plank.Place;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import dev.baton.task.DataInvalid;
import dev.baton.task.Pipeline;
import dev.baton.task.parameter.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// A task that waits for another branch, in real executions of the functions that are deployed.
class DeployedAwaitTest {
    private static final String BUILT = "FAR_LEFT(LEFT(n)) MIDDLE(LEFT(n))(RIGHT(s))";
    private static final Plank LEFT = new Plank(Place.LEFT, 2012);
    private static final Plank RIGHT = new Plank(Place.RIGHT, 2012);
    private static final Plank MIDDLE = new Plank(Place.MIDDLE, 2012);

    private DeployedFarm farm;

    @BeforeEach
    void nothingRan() {
        Ledger.clear();
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    private void deploy(Nudges nudges) {
        deploy(nudges, definition -> definition);
    }

    private void deploy(Nudges nudges, UnaryOperator<String> edited) {
        farm = new DeployedFarm(Pipeline.of("bridge", Bridge.class), nudges::function, edited);
    }

    /// With parts of the machine in machines of their own: the branch that waits, and what it waits for.
    private void deployInParts() {
        var options = CompilerOptions.DEFAULT.within(MachineLimits.DEFAULT.forTasks(2));
        var compiled = Compiler.compile(
                CheckedGraph.of(Pipeline.of("bridge", Bridge.class)).orThrow(), options);
        assertThat(compiled.machines()).hasSizeGreaterThan(2);
        assertThat(compiled.machine().definition().toJson()).doesNotContain("waitForTaskToken");
        farm = new DeployedFarm(compiled, Nudges.ARRIVE::function, definition -> definition);
    }

    private void upload() {
        farm.upload("landing/north/2012.txt", "n\n");
        farm.upload("landing/south/2012.txt", "s\n");
    }

    private ExecutionListItem runs() throws InterruptedException {
        upload();
        return farm.ended(1).getFirst();
    }

    private void assertBuilt(ExecutionListItem execution) {
        assertThat(execution.status()).as(farm.cause(execution.executionArn())).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "bridges/2012.txt")).isEqualTo(BUILT);
        assertThat(events(execution, HistoryEventType.TASK_SUBMITTED)).isNotEmpty();
    }

    private List<HistoryEvent> events(ExecutionListItem execution, HistoryEventType type) {
        return farm.history(execution.executionArn()).stream()
                .filter(event -> event.type() == type)
                .toList();
    }

    /// So often it ran, and so its record says: what else its state went through was not an attempt.
    private void assertMiddleRan(int times) {
        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(times);
        var parameters = Parameters.of(Plank.class).print(MIDDLE);
        var record = farm.read(DeployedFarm.STATE, StateKeys.completion(Plank.class, parameters));
        assertThat(CompletionRecord.parse(record.getBytes(StandardCharsets.UTF_8))
                        .attempts())
                .isEqualTo(times);
    }

    /// The awaits of all runs that nobody has answered.
    private List<String> awaits() {
        return farm.s3().listObjectsV2(r -> r.bucket(DeployedFarm.STATE).prefix("runs/")).contents().stream()
                .map(object -> object.key())
                .filter(key -> key.contains("/awaits/"))
                .toList();
    }

    private void until(Condition condition) throws InterruptedException {
        var end = System.nanoTime() + 60_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static Runnable waitsFor(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static Runnable fails(RuntimeException problem) {
        return () -> {
            throw problem;
        };
    }

    @ParameterizedTest
    @EnumSource(Nudges.class)
    void a_graph_that_fork_join_cannot_say_runs_each_task_once_whatever_becomes_of_its_nudges(Nudges nudges)
            throws InterruptedException {
        deploy(nudges);
        var execution = runs();

        assertBuilt(execution);
        nudges.arrive();
        for (var place : Place.values()) {
            assertThat(Ledger.runsOf(new Plank(place, 2012))).as(place.name()).isEqualTo(1);
        }
        assertThat(events(execution, HistoryEventType.TASK_TIMED_OUT)).isEmpty();
        until(() -> awaits().isEmpty());
    }

    @Test
    void a_branch_in_one_child_machine_waits_for_a_branch_in_another() throws InterruptedException {
        deployInParts();
        var execution = runs();

        assertThat(execution.status()).as(farm.cause(execution.executionArn())).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "bridges/2012.txt")).isEqualTo(BUILT);
        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(1);
        until(() -> awaits().isEmpty());
    }

    @Test
    void what_fails_for_good_in_one_child_machine_ends_who_waits_in_another_and_a_redrive_completes()
            throws InterruptedException {
        deployInParts();
        Ledger.next(LEFT, fails(new DataInvalid("the plank", "it is rotten")));
        var failed = runs();

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(farm.cause(failed.executionArn())).contains("dev.baton.task.DataInvalid");
        assertThat(Ledger.runsOf(MIDDLE)).isZero();
        // Nothing hangs: the children have ended too.
        until(() -> farm.children().stream().noneMatch(child -> child.status() == ExecutionStatus.RUNNING));
        farm.states().redriveExecution(r -> r.executionArn(failed.executionArn()));
        assertThat(farm.ended(1).getFirst().status())
                .as(farm.cause(failed.executionArn()))
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "bridges/2012.txt")).isEqualTo(BUILT);
    }

    @Test
    void a_join_costs_no_transition_of_its_own() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        var execution = runs();

        assertBuilt(execution);
        // The first state and five tasks.
        assertThat(events(execution, HistoryEventType.TASK_STATE_ENTERED)).hasSize(6);
    }

    @Test
    void a_task_that_waits_begins_only_when_its_predecessor_of_this_run_is_done() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        assertBuilt(runs());
        var held = new CountDownLatch(1);
        Ledger.next(LEFT, waitsFor(held));
        farm.upload("landing/north/2012.txt", "anew\n");
        until(() -> Ledger.runsOf(LEFT) == 2 && awaits().size() == 1);

        // The records and done objects of the run before are all there.
        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(1);
        held.countDown();
        assertThat(farm.ended(2)).allMatch(execution -> execution.status() == ExecutionStatus.SUCCEEDED);
        assertThat(farm.read(DeployedFarm.LAKE, "bridges/2012.txt")).isEqualTo(BUILT.replace("(n)", "(anew)"));
        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(2);
    }

    @Test
    void predecessors_that_are_skipped_release_and_so_is_the_task_that_waited() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        assertBuilt(runs());
        farm.upload("landing/north/2012.txt", "n\n");

        assertThat(farm.ended(2)).allMatch(execution -> execution.status() == ExecutionStatus.SUCCEEDED);
        for (var place : Place.values()) {
            assertThat(Ledger.runsOf(new Plank(place, 2012))).as(place.name()).isEqualTo(1);
        }
    }

    @Test
    void when_a_predecessor_fails_for_good_who_waits_ends_with_it_and_a_redrive_completes()
            throws InterruptedException {
        for (var predecessor : List.of(LEFT, RIGHT)) {
            Ledger.clear();
            deploy(Nudges.ARRIVE);
            Ledger.next(predecessor, fails(new DataInvalid("the plank", "it is rotten")));
            var failed = runs();

            assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(farm.cause(failed.executionArn()))
                    .startsWith("dev.baton.task.DataInvalid")
                    .contains("rotten");
            assertThat(Ledger.runsOf(MIDDLE)).isZero();
            assertRedriven(failed);
            assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(1);
            if (predecessor == LEFT) {
                farm.close();
            }
        }
    }

    private void assertRedriven(ExecutionListItem failed) throws InterruptedException {
        farm.states().redriveExecution(r -> r.executionArn(failed.executionArn()));
        assertBuilt(farm.ended(1).getFirst());
        assertThat(farm.states()
                        .describeExecution(r -> r.executionArn(failed.executionArn()))
                        .redriveCount())
                .isEqualTo(1);
    }

    @Test
    void a_task_that_waited_and_fails_for_good_fails_its_execution_with_its_own_error() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        Ledger.next(MIDDLE, fails(new DataInvalid("the plank", "it is too short")));
        var failed = runs();

        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(farm.cause(failed.executionArn())).startsWith("dev.baton.task.DataInvalid");
        var cause = Json.parseObject(farm.states()
                .describeExecution(r -> r.executionArn(failed.executionArn()))
                .cause()
                .getBytes());
        assertThat(cause)
                .containsEntry("errorType", "dev.baton.task.DataInvalid")
                .containsEntry("errorMessage", "the plank: it is too short")
                .containsKey("stackTrace");
        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(1);
        assertRedriven(failed);
    }

    @Test
    void a_task_that_waited_and_fails_is_tried_again_as_its_author_says() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        Ledger.next(MIDDLE, fails(new UncheckedIOException(new IOException("slippery"))));
        var execution = runs();

        assertBuilt(execution);
        assertThat(events(execution, HistoryEventType.TASK_FAILED))
                .extracting(event -> event.taskFailedEventDetails().error())
                .containsExactly("java.io.UncheckedIOException");
        assertMiddleRan(2);
    }

    @Test
    void a_result_that_lambda_does_not_deliver_is_found_where_the_task_left_it() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        farm.withoutResults();
        assertBuilt(runs());

        assertThat(Ledger.runsOf(MIDDLE)).isEqualTo(1);
    }

    @Test
    void when_every_message_is_lost_the_timeout_of_the_state_heals_it() throws InterruptedException {
        deploy(Nudges.LOST, definition -> Json.print(impatient(Json.parseObject(definition))));
        farm.withoutResults();
        farm.withoutRule("baton-bridge-done");
        var execution = runs();

        assertBuilt(execution);
        assertThat(events(execution, HistoryEventType.TASK_TIMED_OUT)).isNotEmpty();
        assertMiddleRan(1);
    }

    /// States that wait give up after a second, so that one need not wait for five minutes.
    private static Map<String, Object> impatient(Map<String, Object> json) {
        var edited = new LinkedHashMap<String, Object>();
        json.forEach((name, value) -> edited.put(name, impatient(value)));
        if (String.valueOf(json.get("Resource")).endsWith(".waitForTaskToken")) {
            edited.put("TimeoutSeconds", 1L);
        }
        return edited;
    }

    @SuppressWarnings("unchecked")
    private static Object impatient(Object value) {
        if (value instanceof Map<?, ?> object) {
            return impatient((Map<String, Object>) object);
        }
        if (value instanceof List<?> list) {
            var edited = new ArrayList<>();
            list.forEach(element -> edited.add(impatient(element)));
            return edited;
        }
        return value;
    }

    @Test
    void a_task_that_runs_longer_than_its_state_waits_is_not_run_again() throws InterruptedException {
        deploy(Nudges.ARRIVE, definition -> Json.print(impatient(Json.parseObject(definition))));
        var held = new CountDownLatch(1);
        Ledger.next(MIDDLE, waitsFor(held));
        upload();
        until(() -> farm.executions().size() == 1
                && !events(farm.executions().getFirst(), HistoryEventType.TASK_TIMED_OUT)
                        .isEmpty());
        held.countDown();

        assertBuilt(farm.ended(1).getFirst());
        assertMiddleRan(1);
    }

    @Test
    void nothing_begins_any_more_when_its_execution_was_stopped() throws InterruptedException {
        deploy(Nudges.ARRIVE);
        var held = new CountDownLatch(1);
        Ledger.next(LEFT, waitsFor(held));
        upload();
        until(() -> Ledger.runsOf(LEFT) == 1 && awaits().size() == 1);
        var execution = farm.executions().getFirst().executionArn();
        farm.states().stopExecution(r -> r.executionArn(execution));
        held.countDown();
        until(() -> awaits().isEmpty());
        until(() -> farm.aws().lambda().pending() == 0);

        assertThat(Ledger.runsOf(MIDDLE)).isZero();
        assertThat(farm.ended(1).getFirst().status()).isEqualTo(ExecutionStatus.ABORTED);
    }
}
