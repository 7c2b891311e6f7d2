package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.Operand;
import dev.baton.asl.TaskState;
import dev.baton.asl.definition.Asl;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The states that a service task becomes, and what is refused before it becomes any.
class ServiceStatesTest {
    /// The tasks whose calls have a role of their own.
    private static final List<String> ALONE =
            List.of("Athena", "Glue", "Batch", "Emr", "Put", "Get", "Update", "Event", "Patch", "Port", "Mark");

    @Test
    void a_service_task_is_its_function_which_prepares_the_call_and_its_function_which_records_the_answer() {
        var definition = Compiler.compile(Pipeline.of("jobs", Fleet.Glue.class))
                .machine()
                .definition();
        assertThat(Asl.parse("jobs", definition.toJson()).diagnostics()).isEmpty();
        assertThat(definition.states().sequencedKeySet())
                .containsExactly(
                        "Pin",
                        "Is it outdated?",
                        "Prepare Glue",
                        "Is it due? Glue",
                        "Call for Glue",
                        "Glue",
                        "Outdated");
        assertThat(payload(definition.states().get("Prepare Glue"))).contains("\"part\":\"PREPARE\"");
        assertThat(payload(definition.states().get("Glue")))
                .contains("\"part\":\"RECORD\"", "baton-jobs-Glue:${GlueVersion}")
                .doesNotContain("TaskToken");
    }

    @Test
    void each_call_is_a_state_with_the_integrations_arguments_and_a_literal_role() {
        assertThat(call("Glue")).isEqualTo(json("""
                {"Arguments": "{% $states.input.call.Arguments %}", "JobName": "{% $states.input.call.JobName %}"}"""));
        assertThat(call("Athena").keySet())
                .containsExactly("ClientRequestToken", "QueryExecutionContext", "QueryString", "WorkGroup");
        assertThat(String.valueOf(call("Athena").get("ClientRequestToken")))
                .contains("$states.context.Execution.RedriveCount", "$states.context.State.RetryCount");
        assertThat(call("Batch")).isEqualTo(json("""
                {"JobDefinition": "{% $states.input.call.JobDefinition %}", "JobName": "{% $states.input.call.JobName %}",
                 "JobQueue": "{% $states.input.call.JobQueue %}", "Parameters": "{% $states.input.call.Parameters %}"}"""));
        assertThat(call("Emr")).isEqualTo(json("""
                {"ApplicationId": "{% $states.input.call.ApplicationId %}",
                 "ClientToken": "{% $states.input.call.ClientToken & '.' & $string($states.context.Execution.RedriveCount) & '.' & $string($states.context.State.RetryCount) %}",
                 "ExecutionRoleArn": "arn:${Partition}:iam::${AccountId}:role/jobs/spark",
                 "JobDriver": "{% $states.input.call.JobDriver %}"}"""));
        assertThat(call("Http")).isEqualTo(json("""
                {"ApiEndpoint": "{% $states.input.call.ApiEndpoint %}",
                 "Authentication":
                   {"ConnectionArn": "arn:${Partition}:events:${Region}:${AccountId}:connection/crews/6b0a-1"},
                 "Headers": "{% $states.input.call.Headers %}", "Method": "{% $states.input.call.Method %}",
                 "QueryParameters": "{% $states.input.call.QueryParameters %}",
                 "RequestBody": "{% $states.input.call.RequestBody %}"}"""));
        assertThat(call("Update").keySet())
                .containsExactly(
                        "ExpressionAttributeNames",
                        "ExpressionAttributeValues",
                        "Key",
                        "TableName",
                        "UpdateExpression");
        assertThat(resources())
                .containsEntry("Athena", "arn:${Partition}:states:::athena:startQueryExecution.sync")
                .containsEntry("Glue", "arn:${Partition}:states:::glue:startJobRun.sync")
                .containsEntry("Batch", "arn:${Partition}:states:::batch:submitJob.sync")
                .containsEntry("Emr", "arn:${Partition}:states:::emr-serverless:startJobRun.sync")
                .containsEntry("Http", "arn:${Partition}:states:::http:invoke")
                .containsEntry("Put", "arn:${Partition}:states:::dynamodb:putItem")
                .containsEntry("Get", "arn:${Partition}:states:::dynamodb:getItem")
                .containsEntry("Update", "arn:${Partition}:states:::dynamodb:updateItem")
                .containsEntry("Event", "arn:${Partition}:states:::events:putEvents");
        ALONE.forEach(task -> assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(calls().get(task)).credentials())
                        .roleArn())
                .isEqualTo(Operand.of(
                        "arn:${Partition}:iam::${AccountId}:role/baton/fleet/baton-fleet-" + task + "-called")));
        // A request is made with the role of executions, for which alone it is documented.
        assertThat(Objects.requireNonNull(calls().get("Http")).credentials()).isNull();
    }

    @Test
    void what_a_call_only_starts_is_asked_for_until_it_has_ended_or_its_time_is_up() {
        var definition = Compiler.compile(Pipeline.of("patches", Fleet.Patch.class))
                .machine()
                .definition();
        assertThat(Asl.parse("patches", definition.toJson()).diagnostics()).isEmpty();
        assertThat(definition.states().sequencedKeySet())
                .containsExactly(
                        "Pin",
                        "Is it outdated?",
                        "Prepare Patch",
                        "Is it due? Patch",
                        "Call for Patch",
                        "Wait for Patch",
                        "Ask for Patch",
                        "Has it ended? Patch",
                        "Stop Patch",
                        "Tell why not Patch",
                        "Patch",
                        "Outdated");
        var role = Operand.of("arn:${Partition}:iam::${AccountId}:role/baton/patches/baton-patches-Patch-called");
        for (var name : List.of("Call for Patch", "Ask for Patch", "Stop Patch")) {
            assertThat(Objects.requireNonNull(((TaskState) Objects.requireNonNull(
                                            definition.states().get(name)))
                                    .credentials())
                            .roleArn())
                    .isEqualTo(role);
        }
        // Two hours and half a minute, asked for at most 100 times.
        assertThat(definition.toJson())
                .contains(
                        "\"Seconds\": 73",
                        "$states.input.rounds < 100",
                        "'AutomationAssumeRole': ['arn:${Partition}:iam::");
    }

    /// `-Dbaton.rewrite=true` writes both anew, to be read before they are committed.
    @Test
    void a_runbook_and_who_may_start_it_are_written_as_reviewed() throws IOException {
        var patches = Compiler.compile(Pipeline.of("patches", Fleet.Patch.class));
        assertAsReviewed("patches.asl.json", patches.machine().definition().toJson());
        assertAsReviewed(
                "patches-called.json",
                Json.pretty(patches.role("baton-patches-Patch-called").policy()));
    }

    private static void assertAsReviewed(String name, String text) throws IOException {
        var file = Path.of("test/resources/service").resolve(name);
        var written = text.stripTrailing() + "\n";
        if (Boolean.getBoolean("baton.rewrite")) {
            Files.writeString(file, written);
        }
        assertThat(written).isEqualTo(Files.readString(file));
    }

    @Test
    void the_history_has_room_for_every_question() {
        var one = Compiler.compile(Pipeline.of("patches", Fleet.Patch.class))
                .machine()
                .proof();
        var none = Compiler.compile(Pipeline.of("ports", Fleet.Port.class))
                .machine()
                .proof();
        // A round: wait, call with three retries, question.
        assertThat(one.events() - none.events()).isGreaterThan(100 * (2 + 2 + 4 * 3 + 2));
        assertThat(one.holds()).isTrue();
    }

    @Test
    void a_call_may_take_days_while_the_function_takes_seconds() {
        var state = Objects.requireNonNull(calls().get("Glue"));
        assertThat(state.timeout()).hasToString("Given[value=" + (48 * 3_600 + 30) + "]");
        assertThat(Fleet.COMPILED.functions().stream()
                        .filter(function -> function.name().equals("baton-fleet-Glue")))
                .singleElement()
                .satisfies(function -> assertThat(function.timeoutSeconds()).isEqualTo(60));
    }

    @Test
    void what_is_called_must_not_depend_on_the_parameters() {
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("fickle", Fleet.Fickle.class)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CMP005")
                .hasMessageContaining("what is called depends on the parameters");
    }

    @Test
    void a_call_that_fails_is_told_with_its_task() {
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("nameless", Fleet.Nameless.class)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CMP005 at nameless/Nameless")
                .hasMessageContaining("a Glue job has letters");
    }

    private static String payload(Object state) {
        return Json.print(
                Objects.requireNonNull(((TaskState) state).data().arguments()).value());
    }

    private static Map<String, Object> json(String text) {
        return new LinkedHashMap<>(Json.parseObject(text));
    }

    private static Map<String, TaskState> calls() {
        var calls = new LinkedHashMap<String, TaskState>();
        Fleet.COMPILED
                .machine()
                .definition()
                .allStates()
                .filter(state ->
                        state instanceof TaskState task && !task.resource().endsWith(":lambda:invoke"))
                .map(TaskState.class::cast)
                .forEach(task -> calls.putIfAbsent(task.comment(), task));
        return calls;
    }

    private static Map<String, Object> call(String task) {
        var arguments = Objects.requireNonNull(calls().get(task)).data().arguments();
        return json(Json.print(Objects.requireNonNull(arguments).value()));
    }

    private static Map<String, String> resources() {
        var resources = new LinkedHashMap<String, String>();
        calls().forEach((name, state) -> resources.put(name, state.resource()));
        return resources;
    }
}
