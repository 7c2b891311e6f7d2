package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.CompiledFunction;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.json.Json;
import dev.baton.task.Pipeline;
import dev.baton.task.Recovery;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a policy of recovery becomes: a rule on the ends of executions, and rights of the start function that go no
/// further than its own.
class RecoveryRightsTest {
    private static final CompiledPipeline NONE = compiled(Pipeline.of("books", SchedulesTest.Books.class));
    private static final CompiledPipeline AT_ONCE = recovered("PT0S");
    private static final CompiledPipeline LATER = recovered("PT10M");

    private static final String MACHINE = "arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-books";

    private static CompiledPipeline recovered(String after) {
        return compiled(Pipeline.of("books", SchedulesTest.Unplanned.class)
                .recovered(new Recovery(List.of("States.Timeout"), 2, after)));
    }

    private static CompiledPipeline compiled(Pipeline pipeline) {
        return Compiler.compile(pipeline);
    }

    private static CompiledRole start(CompiledPipeline pipeline) {
        return pipeline.role("baton-books-start");
    }

    /// The statements of a role that one without recovery has not, by their names.
    private static Map<String, Object> more(CompiledPipeline pipeline) {
        var without = sids(start(NONE));
        return ((List<?>) start(pipeline).policy().get("Statement"))
                .stream()
                        .map(statement -> (Map<?, ?>) statement)
                        .filter(statement -> !without.contains(statement.get("Sid")))
                        .collect(Collectors.toMap(
                                statement -> String.valueOf(statement.get("Sid")),
                                statement -> Map.of(
                                        "Action", statement.get("Action"), "Resource", statement.get("Resource"))));
    }

    private static List<Object> sids(CompiledRole role) {
        return ((List<?>) role.policy().get("Statement"))
                .stream()
                        .<Object>map(statement -> ((Map<?, ?>) statement).get("Sid"))
                        .toList();
    }

    @Test
    void a_rule_tells_the_start_function_of_executions_of_this_machine_that_failed() {
        assertThat(NONE.triggers()).noneMatch(trigger -> trigger.name().endsWith("-failed"));
        assertThat(AT_ONCE.triggers())
                .filteredOn(trigger -> trigger.name().equals("baton-books-failed"))
                .singleElement()
                .satisfies(trigger -> {
                    assertThat(trigger.function()).isEqualTo("baton-books-start");
                    assertThat(trigger.description())
                            .isEqualTo("Executions that failed that baton-books-start is called for");
                    assertThat(Json.print(trigger.pattern()))
                            .isEqualTo("{\"source\":[\"aws.states\"],"
                                    + "\"detail-type\":[\"Step Functions Execution Status Change\"],"
                                    + "\"detail\":{\"stateMachineArn\":[\"" + MACHINE + "\"],"
                                    + "\"status\":[\"FAILED\",\"TIMED_OUT\"]}}");
                });
        assertThat(AT_ONCE.function(CompiledFunction.Kind.START).environment())
                .containsEntry("BATON_RECOVERY", "{\"on\":[\"States.Timeout\"],\"times\":2,\"after\":\"PT0S\"}")
                .doesNotContainKey("BATON_SCHEDULE_ROLE");
        assertThat(NONE.function(CompiledFunction.Kind.START).environment()).doesNotContainKey("BATON_RECOVERY");
    }

    @Test
    void at_once_it_may_redrive_its_own_and_write_down_that_it_did_and_nothing_else() {
        assertThat(more(AT_ONCE))
                .containsOnlyKeys("RedriveWhatFailed", "RecordRedrives")
                .containsEntry(
                        "RedriveWhatFailed",
                        Map.of(
                                "Action",
                                List.of("states:RedriveExecution"),
                                "Resource",
                                List.of("arn:${Partition}:states:${Region}:${AccountId}:execution:baton-books:*")))
                .containsEntry(
                        "RecordRedrives",
                        Map.of(
                                "Action",
                                List.of("s3:PutObject"),
                                "Resource",
                                List.of("arn:${Partition}:s3:::${StateBucket}/runs/books/*/redrives/*")));
        assertThat(AT_ONCE.roles()).noneMatch(role -> role.kind() == CompiledRole.Kind.SCHEDULE);
        assertThat(Json.print(AT_ONCE.boundary().policy())).doesNotContain("iam:PassRole", "scheduler:");
        assertThat(start(AT_ONCE).tags()).containsEntry("baton:keeps", "redrives/");
        assertThat(start(NONE).tags()).doesNotContainKey("baton:keeps");
    }

    @Test
    void later_it_may_plan_calls_of_itself_with_the_one_role_that_may_only_call_it() {
        assertThat(more(LATER))
                .containsKeys("PlanRedrives", "HandTheScheduleItsRole")
                .containsEntry(
                        "PlanRedrives",
                        Map.of(
                                "Action",
                                List.of("scheduler:CreateSchedule"),
                                "Resource",
                                List.of("arn:${Partition}:scheduler:${Region}:${AccountId}:schedule/default/"
                                        + "baton-books-re-*")))
                .containsEntry(
                        "HandTheScheduleItsRole",
                        Map.of(
                                "Action",
                                List.of("iam:PassRole"),
                                "Resource",
                                List.of("arn:${Partition}:iam::${AccountId}:role/baton/books/"
                                        + "baton-books-by-schedule")));
        assertThat(Json.print(start(LATER).policy()))
                .contains("{\"StringEquals\":{\"iam:PassedToService\":\"scheduler.amazonaws.com\"}}");
        assertThat(LATER.roles()).anyMatch(role -> role.name().equals("baton-books-by-schedule"));
        assertThat(Json.print(LATER.boundary().policy())).contains("iam:PassRole", "scheduler:CreateSchedule");
    }
}
