package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.states.mock.IntegrationMocks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Mocks answer in place of services that are not there, or are not to be called.
class MockWireTest {
    private static final String MOCKS = """
            {"mocks": [
              {"machine": "fickle", "answers": [
                {"errorOutput": {"error": "Athena.TooManyRequestsException", "cause": "slow down"}},
                {"result": {"QueryExecution": {"QueryExecutionId": "q-1"}}}]},
              {"resource": "*:athena:startQueryExecution*", "parameters": {"WorkGroup": "broken"},
               "answers": [{"result": {"QueryExecution": "no object"}}]},
              {"resource": "arn:aws:states:::athena:startQueryExecution.sync",
               "answers": [{"result": {"QueryExecution": {"QueryExecutionId": "q-2"}}}]},
              {"state": "Approve", "answers": [{"open": true}]},
              {"state": "Late", "answers": [{"result": {"approved": true}, "delaySeconds": 0.05}]},
              {"state": "Item", "answers": [{"result": {"done": true}}]},
              {"machine": "lazy", "answers": [{"result": {"worked": true}}]},
              {"machine": "nobody", "state": "Never", "answers": [{"result": 1}]}]}""";
    private static final String QUERY = """
            {"StartAt": "Query", "States": {"Query": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
              "Parameters": {"QueryString": "select 1", "WorkGroup": "%s"},
              "Retry": [{"ErrorEquals": ["Athena.TooManyRequestsException"], "IntervalSeconds": 1}]}}}""";
    private static final String CALL = """
            {"StartAt": "%1$s", "States": {"%1$s": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::%2$s", "Parameters": %3$s}}}""";
    private static ApplicationEndpoint aws;

    @BeforeAll
    static void start() {
        aws = new ApplicationEndpoint(EmbeddedAws.builder()
                .mocks(IntegrationMocks.of("mocks.json", MOCKS))
                .start());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static String start(String name, String definition, String... statements) {
        var role = aws.role(name + "-role", "states.amazonaws.com", String.join(",", statements));
        var machine = aws.states()
                .createStateMachine(r -> r.name(name).roleArn(role).definition(definition))
                .stateMachineArn();
        return aws.states()
                .startExecution(r -> r.stateMachineArn(machine).name("x"))
                .executionArn();
    }

    private static String end(String execution) {
        aws.aws()
                .states()
                .engine()
                .execution(execution)
                .orElseThrow()
                .closed()
                .toCompletableFuture()
                .join();
        var described = aws.states().describeExecution(r -> r.executionArn(execution));
        return described.statusAsString() + " " + (described.output() == null ? described.error() : described.output());
    }

    private static Map<String, Integer> mocked(String execution) {
        return aws.aws().states().mocked().of(execution);
    }

    @Test
    void the_second_call_gets_the_second_answer() {
        var execution = start("fickle", QUERY.formatted("w"));
        assertThat(end(execution)).isEqualTo("SUCCEEDED {\"QueryExecution\":{\"QueryExecutionId\":\"q-1\"}}");
        assertThat(mocked(execution)).isEqualTo(Map.of("Query", 2));
        assertThat(aws.states()
                        .getExecutionHistory(r -> r.executionArn(execution))
                        .events())
                .extracting(event -> event.type())
                .containsSequence(
                        HistoryEventType.TASK_SCHEDULED,
                        HistoryEventType.TASK_STARTED,
                        HistoryEventType.TASK_SUBMITTED);
        assertThat(aws.aws().logs().stream("/baton/mocks", "fickle").events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(Json.parseObject(event.message()))
                        .containsEntry("execution_arn", execution)
                        .containsEntry("state", "Query")
                        .containsEntry("resource", "arn:aws:states:::athena:startQueryExecution.sync"));
    }

    @Test
    void what_is_said_of_a_resource_holds_for_every_machine() {
        assertThat(end(start("steady", QUERY.formatted("w"))))
                .isEqualTo("SUCCEEDED {\"QueryExecution\":{\"QueryExecutionId\":\"q-2\"}}");
    }

    @Test
    void an_answer_that_the_service_could_not_give_ends_the_execution() {
        var execution = start("parted", QUERY.formatted("broken"));
        assertThat(end(execution)).isEqualTo("FAILED States.Runtime");
        assertThat(aws.states()
                        .describeExecution(r -> r.executionArn(execution))
                        .cause())
                .contains("The mock does not fit arn:aws:states:::athena:startQueryExecution.sync")
                .contains("'QueryExecution' must be an object");
    }

    @Test
    void what_stays_open_is_ended_by_its_token() {
        var execution = start(
                "asking",
                CALL.formatted(
                        "Approve",
                        "apigateway:invoke.waitForTaskToken",
                        "{\"ApiEndpoint\": \"a\", \"Method\": \"POST\", \"RequestBody\": {\"t.$\": \"$$.Task.Token\"}}"));
        var running = aws.aws().states().engine().execution(execution).orElseThrow();
        assertThat(running.status().isClosed()).isFalse();
        var scheduled = aws.states().getExecutionHistory(r -> r.executionArn(execution)).events().stream()
                .filter(event -> event.type() == HistoryEventType.TASK_SCHEDULED)
                .findFirst()
                .orElseThrow();
        var parameters = scheduled.taskScheduledEventDetails().parameters();
        var token = parameters.replaceAll(".*\"t\":\"([^\"]+)\".*", "$1");
        aws.states().sendTaskSuccess(r -> r.taskToken(token).output("\"yes\""));
        assertThat(end(execution)).isEqualTo("SUCCEEDED \"yes\"");
    }

    @Test
    void a_callback_may_come_later() {
        var execution = start(
                "patient",
                CALL.formatted(
                        "Late",
                        "apigateway:invoke.waitForTaskToken",
                        "{\"ApiEndpoint\": \"a\", \"Method\": \"POST\", \"RequestBody\": {\"t.$\": \"$$.Task.Token\"}}"));
        assertThat(end(execution)).isEqualTo("SUCCEEDED {\"approved\":true}");
    }

    @Test
    void children_of_a_map_run_count_for_their_parent() {
        var execution = start("many", """
                {"StartAt": "Two", "States": {
                  "Two": {"Type": "Pass", "Result": [1, 2], "Next": "All"},
                  "All": {"Type": "Map", "End": true, "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                    "StartAt": "Item", "States": {"Item": {"Type": "Task", "End": true, "Parameters": {"Name": "c"},
                      "Resource": "arn:aws:states:::aws-sdk:glue:startCrawler"}}}}}}""", allow("states:*", "*"));
        assertThat(end(execution)).startsWith("SUCCEEDED");
        assertThat(mocked(execution)).isEqualTo(Map.of("Item", 2));
    }

    @Test
    void an_activity_that_is_mocked_need_not_be_there() {
        var execution = start("lazy", """
                {"StartAt": "Work", "States": {"Work": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:us-east-1:000000000000:activity:nowhere"}}}""");
        assertThat(end(execution)).isEqualTo("SUCCEEDED {\"worked\":true}");
    }

    @Test
    void a_mock_is_asked_again_after_a_restart(@TempDir Path folder) {
        String execution;
        try (var before = at(folder, "\"delaySeconds\": 3600")) {
            var role = before.role("states", "states.amazonaws.com", "");
            var machine = before.states()
                    .createStateMachine(r -> r.name("again").roleArn(role).definition(QUERY.formatted("w")))
                    .stateMachineArn();
            execution = before.states()
                    .startExecution(r -> r.stateMachineArn(machine))
                    .executionArn();
        }
        try (var after = at(folder, "\"delaySeconds\": 0")) {
            var closed = after.aws()
                    .states()
                    .engine()
                    .execution(execution)
                    .orElseThrow()
                    .closed()
                    .toCompletableFuture()
                    .join();
            assertThat(closed.output()).isEqualTo(Map.of("QueryExecution", Map.of()));
        }
    }

    private static ApplicationEndpoint at(Path folder, String delay) {
        return new ApplicationEndpoint(EmbeddedAws.builder()
                .folder(folder)
                .mocks(IntegrationMocks.of(
                        "mocks.json",
                        "{\"mocks\": [{\"answers\": [{\"result\": {\"QueryExecution\": {}}, " + delay + "}]}]}"))
                .start());
    }

    @Test
    void what_is_not_mocked_is_called() {
        var execution = start("calling", CALL.formatted("Get", "aws-sdk:sfn:listActivities", "{}"));
        assertThat(end(execution)).isEqualTo("FAILED Sfn.SfnException");
        assertThat(mocked(execution)).isEmpty();
    }

    @Test
    void a_role_that_may_not_be_assumed_gets_no_answer() {
        var execution = start("untrusted", QUERY.formatted("w").replace("\"Parameters\"", """
                "Credentials": {"RoleArn": "arn:aws:iam::000000000000:role/stranger"}, "Parameters\""""));
        assertThat(end(execution)).isEqualTo("FAILED States.TaskFailed");
        assertThat(mocked(execution)).isEmpty();
    }

    @Test
    void a_mock_that_nobody_asked_is_told() {
        assertThat(aws.aws().states().mocked().unused())
                .filteredOn(finding -> finding.location().toString().endsWith("/mocks/7"))
                .extracting(Diagnostic::code)
                .containsExactly("LOC026");
    }
}
