package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.asl.Asl;
import dev.baton.asl.Operand;
import dev.baton.asl.TaskState;
import dev.baton.compiler.CompiledRole.Kind;
import dev.baton.compiler.internal.machine.States;
import dev.baton.compiler.reference.PolicyReview;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import dev.baton.task.service.AthenaQuery;
import dev.baton.task.service.BatchJob;
import dev.baton.task.service.DynamoDbGet;
import dev.baton.task.service.DynamoDbPut;
import dev.baton.task.service.DynamoDbUpdate;
import dev.baton.task.service.EmrServerlessJob;
import dev.baton.task.service.EventPut;
import dev.baton.task.service.GlueJob;
import dev.baton.task.service.HttpCall;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import dev.baton.task.service.SsmAutomation;
import dev.baton.task.service.SsmGetParameter;
import dev.baton.task.service.SsmPutParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceTasksTest {
    /// The tasks whose calls have a role of their own.
    private static final List<String> ALONE = List.of(
            "Athena", "Glue", "Batch", "Emr", "Put", "Get", "Update", "Event", "Patch", "Port", "Mark");

    private static final CompiledPipeline COMPILED = Compiler.compile(Pipeline.of("fleet", AllCalled.class));

    @Test
    void a_service_task_is_its_function_which_prepares_the_call_and_its_function_which_records_the_answer() {
        var definition =
                Compiler.compile(Pipeline.of("jobs", Glue.class)).machine().definition();
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
        ALONE.forEach(task -> assertThat(
                        Objects.requireNonNull(Objects.requireNonNull(calls().get(task)).credentials())
                                .roleArn())
                .isEqualTo(Operand.of(
                        "arn:${Partition}:iam::${AccountId}:role/baton/fleet/baton-fleet-" + task + "-called")));
    }

    @Test
    void a_request_is_made_with_the_role_of_executions_for_which_alone_it_is_documented() {
        assertThat(Objects.requireNonNull(calls().get("Http")).credentials()).isNull();
        assertThat(COMPILED.roles()).noneMatch(role -> role.name().equals("baton-fleet-Http-called"));
        assertThat(Json.print(COMPILED.role("baton-fleet-states").policy()))
                .contains("\"states:HTTPMethod\":\"POST\"", "\"states:HTTPEndpoint\":\"https://api.example.com/*\"")
                .contains(
                        "[\"events:RetrieveConnectionCredentials\"],\"Resource\":"
                                + "[\"arn:${Partition}:events:${Region}:${AccountId}:connection/crews/6b0a-1\"]",
                        "arn:${Partition}:secretsmanager:${Region}:${AccountId}:secret:events!connection/crews/*");
        assertThat(COMPILED.boundary().policy().toString()).contains("states:InvokeHTTPEndpoint");
    }

    @Test
    void what_a_call_only_starts_is_asked_for_until_it_has_ended_or_its_time_is_up() {
        var definition =
                Compiler.compile(Pipeline.of("patches", Patch.class)).machine().definition();
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
            assertThat(Objects.requireNonNull(((TaskState) Objects.requireNonNull(definition.states().get(name)))
                                    .credentials())
                            .roleArn())
                    .isEqualTo(role);
        }
        // Two hours and half a minute, asked for at most 100 times.
        assertThat(definition.toJson())
                .contains("\"Seconds\": 73", "$states.input.rounds < 100", "'AutomationAssumeRole': ['arn:${Partition}:iam::");
    }

    /// `-Dbaton.rewrite=true` writes both anew, to be read before they are committed.
    @Test
    void a_runbook_and_who_may_start_it_are_written_as_reviewed() throws IOException {
        var patches = Compiler.compile(Pipeline.of("patches", Patch.class));
        assertAsReviewed("patches.asl.json", patches.machine().definition().toJson());
        assertAsReviewed(
                "patches-called.json", Json.pretty(patches.role("baton-patches-Patch-called").policy()));
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
        var one = Compiler.compile(Pipeline.of("patches", Patch.class)).machine().proof();
        var none = Compiler.compile(Pipeline.of("ports", Port.class)).machine().proof();
        // A round: wait, call with three retries, question.
        assertThat(one.events() - none.events()).isGreaterThan(100 * (2 + 2 + 4 * 3 + 2));
        assertThat(one.holds()).isTrue();
    }

    @Test
    void the_rights_of_ssm_name_the_parameter_or_the_runbook_and_its_role() {
        assertThat(rights("Port"))
                .containsExactly("ssm:GetParameter on arn:${Partition}:ssm:${Region}:${AccountId}:parameter/fleet/port");
        assertThat(rights("Mark"))
                .containsExactly("ssm:PutParameter on arn:${Partition}:ssm:${Region}:${AccountId}:parameter/last-year");
        assertThat(rights("Patch"))
                .containsExactly(
                        "ssm:StartAutomationExecution on"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:automation-definition/PatchFleet:*"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:document/PatchFleet",
                        "ssm:GetAutomationExecution ssm:StopAutomationExecution on"
                                + " arn:${Partition}:ssm:${Region}:${AccountId}:automation-execution/*",
                        "iam:PassRole on arn:${Partition}:iam::${AccountId}:role/jobs/patch");
        assertThat(Json.print(role("Patch").policy())).contains("\"iam:PassedToService\":\"ssm.amazonaws.com\"");
    }

    @Test
    void every_policy_of_these_stands_up_to_the_reference() {
        assertThat(COMPILED.roles()).allSatisfy(role -> assertThat(
                        PolicyReview.of(role.name(), role.policy(), role.kind() == Kind.TASK))
                .isEmpty());
    }

    @Test
    void the_role_of_a_call_may_make_this_call_and_nothing_else() {
        assertThat(rights("Glue"))
                .isEqualTo(List.of("glue:BatchStopJobRun glue:GetJobRun glue:GetJobRuns glue:StartJobRun on"
                        + " arn:${Partition}:glue:${Region}:${AccountId}:job/count-boats"));
        assertThat(rights("Batch"))
                .containsExactly(
                        "batch:SubmitJob on arn:${Partition}:batch:${Region}:${AccountId}:job-definition/sail"
                                + " arn:${Partition}:batch:${Region}:${AccountId}:job-definition/sail:*"
                                + " arn:${Partition}:batch:${Region}:${AccountId}:job-queue/slow",
                        "batch:TerminateJob on arn:${Partition}:batch:${Region}:${AccountId}:job/*",
                        "batch:DescribeJobs on *",
                        "events:DescribeRule events:PutRule events:PutTargets on arn:${Partition}:events:${Region}:"
                                + "${AccountId}:rule/StepFunctionsGetEventsForBatchJobsRule");
        assertThat(rights("Athena"))
                .contains(
                        "athena:GetQueryExecution athena:StartQueryExecution athena:StopQueryExecution on"
                                + " arn:${Partition}:athena:${Region}:${AccountId}:workgroup/analysts",
                        "glue:GetDatabase glue:GetPartition glue:GetPartitions glue:GetTable on"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:catalog"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:database/sea"
                                + " arn:${Partition}:glue:${Region}:${AccountId}:table/sea/*",
                        "s3:GetObject on arn:${Partition}:s3:::${CatalogBucket}/boats/*",
                        "s3:ListBucket on arn:${Partition}:s3:::${CatalogBucket}",
                        "kms:Decrypt on ${CatalogKey}")
                .noneMatch(right -> right.contains("s3:PutObject"));
        assertThat(rights("Put"))
                .containsExactly("dynamodb:PutItem on arn:${Partition}:dynamodb:${Region}:${AccountId}:table/boats");
        assertThat(rights("Get"))
                .containsExactly("dynamodb:GetItem on arn:${Partition}:dynamodb:${Region}:${AccountId}:table/boats");
        assertThat(Json.print(role("Emr").policy()))
                .contains("\"iam:PassedToService\":\"emr-serverless.amazonaws.com\"")
                .contains("\"Resource\":[\"arn:${Partition}:iam::${AccountId}:role/jobs/spark\"]");
        assertThat(Json.print(role("Event").policy()))
                .contains("\"events:source\":\"acme.fleet\"", "\"events:detail-type\":\"Boat In\"");
    }

    @Test
    void only_step_functions_for_an_execution_of_this_pipeline_may_become_who_calls() {
        var trust = Json.print(role("Glue").trust());
        assertThat(trust)
                .contains(
                        "\"aws:PrincipalArn\":\"arn:${Partition}:iam::${AccountId}:role/baton/fleet/baton-fleet-states\"")
                .contains(
                        "\"sts:ExternalId\":\"arn:${Partition}:states:${Region}:${AccountId}:stateMachine:baton-fleet\"")
                .doesNotContain("sts:TagSession", "Service\"");
        var states = Json.print(COMPILED.role("baton-fleet-states").policy());
        assertThat(states)
                .contains("\"Sid\":\"BecomeWhoCalls\"", "baton-fleet-Glue-called")
                .doesNotContain("glue:");
        var deploy = Json.print(COMPILED.deployRole().policy());
        assertThat(deploy).doesNotContain("-called");
        assertThat(COMPILED.roles().stream().filter(role -> role.kind() == Kind.SERVICE))
                .hasSize(11)
                .allSatisfy(role -> assertThat(role.boundary()).isNotNull());
        // A task's own role and runner may call nothing.
        assertThat(Json.print(COMPILED.role("baton-fleet-Glue").policy())).doesNotContain("glue:");
        assertThat(Json.print(COMPILED.role("baton-fleet-Glue-runner").policy()))
                .doesNotContain("glue:");
    }

    @Test
    void a_call_may_take_days_while_the_function_takes_seconds() {
        var state = Objects.requireNonNull(calls().get("Glue"));
        assertThat(state.timeout()).hasToString("Given[value=" + (48 * 3_600 + 30) + "]");
        assertThat(COMPILED.functions().stream()
                        .filter(function -> function.name().equals("baton-fleet-Glue")))
                .singleElement()
                .satisfies(function -> assertThat(function.timeoutSeconds()).isEqualTo(60));
    }

    @Test
    void what_is_called_must_not_depend_on_the_parameters() {
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("fickle", Fickle.class)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CMP005")
                .hasMessageContaining("what is called depends on the parameters");
    }

    @Test
    void a_call_that_fails_is_told_with_its_task() {
        assertThatThrownBy(() -> Compiler.compile(Pipeline.of("nameless", Nameless.class)))
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
        States.all(COMPILED.machine().definition())
                .filter(state -> state instanceof TaskState task && !task.resource().endsWith(":lambda:invoke"))
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

    private static CompiledRole role(String task) {
        return COMPILED.role("baton-fleet-" + task + "-called");
    }

    private static List<String> rights(String task) {
        return ((List<?>) Objects.requireNonNull(role(task).policy().get("Statement")))
                .stream()
                        .map(Map.class::cast)
                        .map(statement -> String.join(" ", texts(statement.get("Action"))) + " on "
                                + String.join(" ", texts(statement.get("Resource"))))
                        .toList();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String.class::cast).toList();
    }

    @Intent("Boats")
    record Boats(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/boats/{year}.txt", this);
        }
    }

    /// A task whose comment in the definition is its name.
    sealed interface Called extends ServiceTask
            permits Athena,
                    Glue,
                    Batch,
                    Emr,
                    Http,
                    Put,
                    Get,
                    Update,
                    Event,
                    Patch,
                    Port,
                    Mark,
                    Fickle,
                    Nameless {
        int year();

        @Override
        default List<Boats> requires() {
            return List.of(new Boats(year()));
        }

        @Override
        default Target output() {
            return S3Target.at("s3://lake/" + getClass().getSimpleName().toLowerCase() + "/{year}.json", this);
        }
    }

    @Intent("Glue")
    @Timeout(hours = 48)
    record Glue(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob(
                    "count-boats",
                    Map.of("--list", references.input(new Boats(year)).uri()));
        }
    }

    @Intent("Athena")
    record Athena(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new AthenaQuery(
                    "analysts",
                    "sea",
                    "SELECT count(*) FROM boats WHERE year = " + year,
                    List.of("s3://catalog/boats/"),
                    references.token());
        }
    }

    @Intent("Batch")
    record Batch(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new BatchJob("sail-" + year, "slow", "sail", Map.of("year", "" + year));
        }
    }

    @Intent("Emr")
    record Emr(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new EmrServerlessJob(
                    "00f1abc",
                    "jobs/spark",
                    references.real("s3://lake/code/count.py"),
                    List.of("" + year),
                    references.token());
        }
    }

    @Intent("Http")
    record Http(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new HttpCall(
                    "POST",
                    "api.example.com",
                    "/crews/" + year,
                    "crews/6b0a-1",
                    Map.of("Idempotency-Key", references.token()),
                    Map.of(),
                    Optional.of(Map.of("year", year)));
        }
    }

    @Intent("Put")
    record Put(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbPut("boats", Map.of("year", Map.of("N", "" + year)));
        }
    }

    @Intent("Get")
    record Get(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbGet("boats", Map.of("year", Map.of("N", "" + year)));
        }
    }

    @Intent("Update")
    record Update(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new DynamoDbUpdate(
                    "boats",
                    Map.of("year", Map.of("N", "" + year)),
                    "SET #in = :in",
                    "",
                    Map.of("#in", "in"),
                    Map.of(":in", Map.of("BOOL", true)));
        }
    }

    @Intent("Event")
    record Event(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new EventPut("default", "acme.fleet", "Boat In", Map.of("year", year));
        }
    }

    @Intent("Patch")
    @Timeout(hours = 2)
    record Patch(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmAutomation(
                    "PatchFleet", "jobs/patch", Map.of("Year", List.of("" + year)), references.token());
        }
    }

    @Intent("Port")
    record Port(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmGetParameter("/fleet/port");
        }
    }

    @Intent("Mark")
    record Mark(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new SsmPutParameter("last-year", "" + year);
        }
    }

    @Intent("Another job each year")
    record Fickle(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob("count-" + year, Map.of());
        }
    }

    @Intent("No job")
    record Nameless(int year) implements Called {
        @Override
        public ServiceCall call(References references) {
            return new GlueJob("*", Map.of());
        }
    }

    @Intent("All of them")
    record AllCalled(int year) implements Task {
        @Override
        public List<Called> requires() {
            return List.of(
                    new Athena(year),
                    new Glue(year),
                    new Batch(year),
                    new Emr(year),
                    new Http(year),
                    new Put(year),
                    new Get(year),
                    new Update(year),
                    new Event(year),
                    new Patch(year),
                    new Port(year),
                    new Mark(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all/{year}.json", this);
        }

        @Override
        public void run(TaskRun run) {
            throw new AssertionError("is compiled only");
        }
    }
}
