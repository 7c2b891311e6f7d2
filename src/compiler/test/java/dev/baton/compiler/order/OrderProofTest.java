package dev.baton.compiler.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.asl.StateMachine;
import dev.baton.asl.definition.Asl;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is proven of definitions as they are written, and what is not.
class OrderProofTest {
    private static final GivenGraph A_BEFORE_B =
            new GivenGraph(List.of("a", "b"), List.of(new int[] {}, new int[] {0}));

    @Test
    void a_task_after_another_keeps_the_edge() {
        assertThat(breaches(A_BEFORE_B, machine("a", task("a", next("b")) + "," + task("b", END))))
                .isEmpty();
    }

    @Test
    void side_by_side_the_edge_is_named_with_both_tasks() {
        assertThat(breaches(A_BEFORE_B, machine("p", parallel(END, task("a", END), task("b", END)))))
                .containsExactly(new OrderBreach.Early("b", "a"));
    }

    @Test
    void an_await_keeps_the_edge_between_branches() {
        assertThat(breaches(A_BEFORE_B, machine("p", parallel(END, task("a", END), awaiting("b", "a", END)))))
                .isEmpty();
    }

    @Test
    void what_is_not_waited_for_is_no_await() {
        var registered = awaiting("b", "a", END).replace(".waitForTaskToken", "");
        assertThat(breaches(A_BEFORE_B, machine("p", parallel(END, task("a", END), registered))))
                .hasAtLeastOneElementOfType(OrderBreach.Unclear.class);
    }

    @Test
    void a_state_that_goes_on_after_an_error_proves_nothing() {
        var caught = task("a", next("b"))
                .replace("\"Next\"", "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"b\"}], \"Next\"");
        assertThat(breaches(A_BEFORE_B, machine("a", caught + "," + task("b", END))))
                .containsExactly(new OrderBreach.Unclear("whole", "a", "it goes on after an error"));
    }

    @Test
    void two_that_await_each_other_wait_in_a_circle() {
        var given = new GivenGraph(List.of("a", "b"), List.of(new int[] {}, new int[] {}));
        assertThat(breaches(given, machine("p", parallel(END, awaiting("a", "b", END), awaiting("b", "a", END)))))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderBreach.Circle.class,
                        circle -> assertThat(circle.nodes()).containsExactlyInAnyOrder("a", "b"));
    }

    @Test
    void a_task_that_a_choice_may_leave_out_is_not_run_once() {
        var choice = "\"q\": {\"Type\": \"Choice\", \"Choices\": [{\"Condition\": \"{% $x %}\", \"Next\": \"a\"}],"
                + " \"Default\": \"b\"}";
        assertThat(breaches(A_BEFORE_B, machine("q", choice + "," + task("a", next("b")) + "," + task("b", END))))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderBreach.NotOnce.class,
                        breach -> assertThat(breach.node()).isEqualTo("a"));
    }

    @Test
    void a_task_in_a_loop_is_not_run_once() {
        var choice = "\"q\": {\"Type\": \"Choice\", \"Choices\": [{\"Condition\": \"{% $x %}\", \"Next\": \"a\"}],"
                + " \"Default\": \"b\"}";
        assertThat(breaches(A_BEFORE_B, machine("a", task("a", next("q")) + "," + choice + "," + task("b", END))))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderBreach.NotOnce.class,
                        breach -> assertThat(breach.node()).isEqualTo("a"));
    }

    @Test
    void an_await_in_an_iteration_says_nothing_of_another_iteration() {
        var given = new GivenGraph(
                List.of("a", "b", "c", "d"), List.of(new int[] {}, new int[] {0, 2}, new int[] {}, new int[] {2}));
        var body = parallel(
                END,
                task("{% $states.input.nodes[0] %}", END),
                awaiting("{% $states.input.nodes[1] %}", "{% $states.input.nodes[0] %}", END));
        assertThat(breaches(given, machine("m", map("[[\"a\", \"b\"], [\"c\", \"d\"]]", "p", body))))
                .containsExactly(new OrderBreach.Early("b", "c"));
    }

    @Test
    void an_iteration_that_awaits_another_may_keep_it_from_beginning() {
        var given = new GivenGraph(List.of("a", "b"), List.of(new int[] {}, new int[] {}));
        var body = awaiting("{% $states.input.nodes[0] %}", "a", END);
        assertThat(breaches(given, machine("m", map("[[\"b\"], [\"a\"]]", "{% $states.input.nodes[0] %}", body))))
                .contains(new OrderBreach.Unclear(
                        "whole",
                        "{% $states.input.nodes[0] %}",
                        "it awaits another iteration, which may not have begun"));
    }

    @Test
    void a_map_that_goes_on_when_an_iteration_has_failed_proves_nothing() {
        var given = new GivenGraph(List.of("a", "b"), List.of(new int[] {}, new int[] {}));
        var body = task("{% $states.input.nodes[0] %}", END);
        var tolerant = map("[[\"a\"], [\"b\"]]", "{% $states.input.nodes[0] %}", body)
                .replace("\"Items\"", "\"ToleratedFailureCount\": 1, \"Items\"");
        assertThat(breaches(given, machine("m", tolerant)))
                .hasOnlyElementsOfType(OrderBreach.Unclear.class)
                .isNotEmpty();
    }

    @Test
    void a_machine_that_is_started_and_not_waited_for_proves_nothing() {
        var start = "\"part\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::states:startExecution.sync:2\","
                + " \"Arguments\": {\"StateMachineArn\": \"arn:aws:states:r:a:stateMachine:part:1\"}, \"Next\": \"b\"}";
        var whole = machine("part", start + "," + task("b", END));
        var part = machine("a", task("a", END));
        assertThat(breaches(A_BEFORE_B, whole, part)).isEmpty();
        assertThat(breaches(A_BEFORE_B, whole.replace(".sync:2", ""), part)).isNotEmpty();
    }

    private static final String END = "\"End\": true";

    private static String next(String state) {
        return "\"Next\": \"" + state + "\"";
    }

    private static String task(String node, String then) {
        return """
                "%s": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments":
                 {"FunctionName": "f", "Payload": {"node": "%s"}}, %s}
                """.formatted(node, node, then);
    }

    private static String awaiting(String node, String awaited, String then) {
        return """
                "%s": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Arguments":
                 {"FunctionName": "f", "Payload": {"await": {"nodes": ["%s"]}, "begin": {"event": {"node": "%s"}}}}, %s}
                """.formatted(node, awaited, node, then);
    }

    private static String parallel(String then, String... branches) {
        var text = new StringBuilder("\"p\": {\"Type\": \"Parallel\", \"Branches\": [");
        for (var branch : branches) {
            var first = branch.strip().split("\"")[1];
            text.append(text.toString().endsWith("[") ? "" : ",").append(graph(first, branch));
        }
        return text.append("], ").append(then).append("}").toString();
    }

    private static String map(String items, String first, String body) {
        return "\"m\": {\"Type\": \"Map\", \"Items\": " + items
                + ", \"ItemSelector\": {\"nodes\": \"{% $states.context.Map.Item.Value %}\"}, \"ItemProcessor\": "
                + graph(first, body) + ", " + END + "}";
    }

    private static String machine(String first, String states) {
        return "{\"QueryLanguage\": \"JSONata\", " + graph(first, states).substring(1);
    }

    private static String graph(String first, String states) {
        return "{\"StartAt\": \"" + first + "\", \"States\": {" + states + "}}";
    }

    private static List<OrderBreach> breaches(GivenGraph given, String whole, String... parts) {
        var machines = new LinkedHashMap<String, StateMachine>();
        machines.put("whole", Asl.parse("whole", whole).orThrow());
        for (var part : parts) {
            machines.put("part", Asl.parse("part", part).orThrow());
        }
        return OrderProof.breaches(given, machines);
    }
}
