package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.FailState;
import dev.baton.asl.Operand;
import dev.baton.asl.StateMachine;
import dev.baton.asl.TaskState;
import dev.baton.asl.definition.Asl;
import dev.baton.compiler.order.GivenGraph;
import dev.baton.compiler.order.OrderBreach;
import dev.baton.compiler.order.OrderProof;
import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import dev.baton.task.Approval;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an approval becomes, and that no definition gets around it.
class ApprovalStatesTest {
    private static final Pipeline PIPELINE = Pipeline.of("ledger", Closing.class);
    private static final CompilerOptions GOVERNED = CompilerOptions.DEFAULT.governed(true);
    private static final CompiledPipeline COMPILED = Compiler.compile(PIPELINE, GOVERNED);

    interface Made extends Task {
        @Override
        default void run(TaskRun run) {}
    }

    @Intent("Bookings")
    record Bookings(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/bookings/{year}.csv", this);
        }
    }

    @Intent("The sum of a part")
    @Approval(by = "auditors", within = "P2D", quorum = 2, why = "Sums go to the tax office")
    record Sum(Year year, int part) implements Made {
        @Override
        public List<Bookings> requires() {
            return List.of(new Bookings(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/sums/{year}/{part}.csv", this);
        }
    }

    @Intent("The closing of a year")
    @Approval(by = "data-owners", within = "PT8H", why = "It cannot be taken back")
    record Closing(Year year) implements Made {
        @Override
        public List<Sum> requires() {
            return IntStream.range(0, 5).mapToObj(part -> new Sum(year, part)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/closing/{year}.csv", this);
        }
    }

    private static StateMachine machine() {
        return COMPILED.machine().definition();
    }

    private static List<OrderBreach> breaches(StateMachine machine) {
        var nodes = COMPILED.graph().nodes().stream()
                .filter(node -> !node.external())
                .toList();
        var ids = nodes.stream().map(node -> node.id()).toList();
        var approvals = new LinkedHashMap<Integer, Long>();
        for (var i = 0; i < nodes.size(); i++) {
            approvals.put(
                    i,
                    nodes.get(i)
                            .declarations()
                            .approval()
                            .orElseThrow()
                            .within()
                            .toSeconds());
        }
        var required = nodes.stream()
                .map(node -> node.requires().stream()
                        .filter(input -> !input.external())
                        .mapToInt(input -> ids.indexOf(input.id()))
                        .toArray())
                .toList();
        return OrderProof.breaches(
                new GivenGraph(ids, required, approvals), new LinkedHashMap<>(Map.of("baton-ledger", machine)));
    }

    /// The definition with something else in it.
    private static List<OrderBreach> changed(String regex, String replacement) {
        var before = machine().toJson();
        var after = before.replaceFirst(regex, replacement);
        assertThat(after).isNotEqualTo(before);
        return breaches(Asl.parse("changed", after).orThrow());
    }

    private static List<OrderBreach> edited(Consumer<Map<String, @Nullable Object>> edit) {
        var machine = Json.parseObject(machine().toJson().getBytes(StandardCharsets.UTF_8));
        edit.accept(state(machine, "States"));
        return breaches(Asl.parse("edited", Json.print(machine)).orThrow());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> state(Map<String, @Nullable Object> states, String name) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(states.get(name));
    }

    @Test
    void where_no_policies_hold_there_is_no_trace_of_it() {
        var plain = Compiler.compile(PIPELINE);
        assertThat(plain.machine().definition().toJson()).doesNotContain("approv");
        assertThat(plain.functions()).extracting(CompiledFunction::kind).doesNotContain(CompiledFunction.Kind.APPROVAL);
        assertThat(plain.roles()).extracting(role -> role.name()).doesNotContain("baton-ledger-approval");
    }

    @Test
    void a_state_waits_for_as_long_as_is_declared_behind_all_that_the_task_requires() {
        var state = (TaskState) machine().states().get("Approve Closing");
        assertThat(state.resource()).endsWith(":lambda:invoke.waitForTaskToken");
        assertThat(state.timeout()).isEqualTo(Operand.of(8 * 3_600L));
        assertThat(state.comment())
                .isEqualTo("Goes on when somebody of data-owners approved within PT8H: It cannot be taken back");
        assertThat(machine().states().get("Each Sum").successors()).containsExactly("Approve Closing");
        assertThat(state.successors()).containsExactly("Closing");
        assertThat(state.catchers())
                .singleElement()
                .satisfies(catcher -> assertThat(catcher.errorEquals()).containsExactly("States.Timeout"))
                .satisfies(catcher -> assertThat(catcher.next()).isEqualTo("Nobody approved Closing"));
        assertThat(machine().states().get("Nobody approved Closing")).isInstanceOf(FailState.class);
    }

    @Test
    void each_item_of_a_map_has_its_own() {
        var inside = machine().states().get("Each Sum").graphs().getFirst();
        assertThat(inside.startAt()).isEqualTo("Approve Sum");
        assertThat(inside.states().keySet()).containsExactly("Approve Sum", "Sum", "Nobody approved Sum");
    }

    @Test
    void it_is_proven() {
        assertThat(breaches(machine())).isEmpty();
    }

    @Test
    void a_definition_without_it_is_refused() {
        assertThat(edited(states -> {
                    states.remove("Approve Closing");
                    states.remove("Nobody approved Closing");
                    state(states, "Each Sum").put("Next", "Closing");
                }))
                .containsExactly(new OrderBreach.NotOnce("approval of Closing", "is run by no state"));
    }

    @Test
    void a_task_that_stands_in_for_it_is_refused() {
        assertThat(changed("(?s)(\"Approve Closing\": ?\\{.*?lambda:invoke)\\.waitForTaskToken", "$1"))
                .anySatisfy(breach -> assertThat(breach)
                        .isInstanceOfSatisfying(
                                OrderBreach.Unclear.class,
                                unclear -> assertThat(unclear.what())
                                        .isEqualTo("it asks for an approval and does not wait for it")));
    }

    @Test
    void a_refusal_that_is_caught_and_goes_on_is_refused() {
        assertThat(edited(states -> caught(states, "Closing")))
                .contains(new OrderBreach.Unclear("baton-ledger", "Approve Closing", "it goes on after an error"));
        assertThat(edited(states -> caught(state(state(state(states, "Each Sum"), "ItemProcessor"), "States"), "Sum")))
                .contains(new OrderBreach.Unclear("baton-ledger", "Approve Sum", "it goes on after an error"));
    }

    private static void caught(Map<String, @Nullable Object> states, String task) {
        states.remove("Nobody approved " + task);
        state(states, "Approve " + task)
                .put("Catch", List.of(Map.of("ErrorEquals", List.of("States.ALL"), "Next", task)));
    }

    @Test
    void another_patience_is_refused() {
        assertThat(changed("\"TimeoutSeconds\": ?28800", "\"TimeoutSeconds\":288000"))
                .containsExactly(new OrderBreach.Unclear(
                        "baton-ledger", "Approve Closing", "it does not wait for its approval for just 28800 seconds"));
        assertThat(changed(",\\s*\"TimeoutSeconds\": ?28800", "")).isNotEmpty();
    }

    @Test
    void an_approval_of_another_node_is_refused() {
        assertThat(changed("(\"approval\": ?\\{\\s*\"node\": ?)\"Closing\"", "$1\"Somebody else\""))
                .isNotEmpty();
        assertThat(changed("(\"approval\": ?\\{\\s*\"node\": ?)\"Closing\"", "$1\"approval of Closing\""))
                .isNotEmpty();
    }

    @Test
    void a_choice_around_it_is_refused() {
        assertThat(edited(states -> {
                    state(states, "Each Sum").put("Next", "Around");
                    states.put(
                            "Around",
                            Map.of(
                                    "Type",
                                    "Choice",
                                    "Choices",
                                    List.of(Map.of("Condition", "{% 1 = 2 %}", "Next", "Closing")),
                                    "Default",
                                    "Approve Closing"));
                }))
                .anySatisfy(breach -> assertThat(breach)
                        .isInstanceOfSatisfying(
                                OrderBreach.NotOnce.class,
                                once -> assertThat(once.node()).isEqualTo("approval of Closing")));
    }

    @Test
    void asked_before_the_inputs_are_there_it_is_refused() {
        assertThat(edited(states -> {
                    state(states, "Is it outdated?").put("Default", "Approve Closing");
                    state(states, "Approve Closing").put("Next", "Each Sum");
                    state(states, "Each Sum").put("Next", "Closing");
                }))
                .contains(new OrderBreach.Early("approval of Closing", "Sum 0"));
    }

    @Test
    void nobody_else_completes_tasks_by_token() {
        assertThat(COMPILED.roles().stream()
                        .filter(role -> Json.print(role.policy()).contains("states:SendTask"))
                        .map(role -> role.name()))
                .containsExactly("baton-ledger-approval");
    }
}
