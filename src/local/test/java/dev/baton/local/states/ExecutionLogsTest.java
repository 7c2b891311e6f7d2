package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Account;
import dev.baton.local.logs.LogsWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionLogsTest {
    private static final String HERE = "us-east-1:111111111111";
    private static final String RIGHTS = ApplicationEndpoint.allow("logs:*", "*") + ","
            + ApplicationEndpoint.allow("states:*", "*") + "," + ApplicationEndpoint.allow("lambda:*", "*");

    private final ApplicationEndpoint aws = new ApplicationEndpoint(EmbeddedAws.builder()
            .account(new Account("111111111111", "us-east-1"))
            .start());
    private final LogsWire logs = new LogsWire(aws.aws());
    private final String role;

    ExecutionLogsTest() {
        aws.role("snf_role_arn", "states.amazonaws.com", RIGHTS);
        role = "arn:aws:iam::111111111111:role/snf_role_arn";
    }

    @AfterAll
    void stop() {
        aws.close();
    }

    private String machine(String name, String definition, LogLevel level, boolean withData, StateMachineType type) {
        var group = "/aws/vendedlogs/states/" + name;
        logs.call("CreateLogGroup", Map.of("logGroupName", group));
        return aws.states()
                .createStateMachine(machine -> machine.name(name)
                        .definition(definition)
                        .roleArn(role)
                        .type(type)
                        .loggingConfiguration(logging -> logging.level(level)
                                .includeExecutionData(withData)
                                .destinations(destination -> destination.cloudWatchLogsLogGroup(
                                        to -> to.logGroupArn("arn:aws:logs:" + HERE + ":log-group:" + group + ":*")))))
                .stateMachineArn();
    }

    /// Runs to the end.
    private String run(String machine, String name, String input) {
        var arn = aws.states()
                .startExecution(
                        start -> start.stateMachineArn(machine).name(name).input(input))
                .executionArn();
        aws.aws().states().engine().execution(arn).ifPresent(execution -> done(execution.closed()));
        return arn;
    }

    private static void done(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    private List<Map<String, Object>> lines(String machine) {
        return LogsWire.messages(
                        logs.call("FilterLogEvents", Map.of("logGroupName", "/aws/vendedlogs/states/" + machine)))
                .stream()
                .map(Json::parseObject)
                .toList();
    }

    private List<String> types(String machine) {
        return lines(machine).stream().map(line -> (String) line.get("type")).toList();
    }

    @Test
    @EnabledIfSystemProperty(named = "baton.corpus", matches = ".+")
    void events_are_written_as_the_service_wrote_them() throws IOException {
        var folder = Path.of(System.getProperty("baton.corpus"), "execution", "logging");
        var different = new ArrayList<String>();
        int count = 0;
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var recorded = Json.parseObject(Files.readAllBytes(file));
                var expected = (Map<?, ?>) recorded.get("expect");
                // A recording without that member is one in which nothing was written.
                var written = expected.containsKey("logged_execution_events")
                        ? expected.get("logged_execution_events")
                        : List.of();
                var logging = (Map<?, ?>) recorded.get("logging");
                if (logging.get("includeExecutionData") == null) {
                    // Its group was deleted.
                    continue;
                }
                var name = "recorded-" + count++;
                var machine = machine(
                        name,
                        Json.print(recorded.get("definition")),
                        LogLevel.fromValue((String) logging.get("level")),
                        Boolean.TRUE.equals(logging.get("includeExecutionData")),
                        StateMachineType.STANDARD);
                run(machine, "ExecArnPart_0idx", Json.print(recorded.get("input")));
                var told =
                        lines(name).stream().map(line -> comparable(line, name)).toList();
                if (!told.equals(written)) {
                    different.add(file.getFileName() + "\n  " + told + "\n  " + written);
                }
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(12);
        assertThat(different).isEmpty();
    }

    /// As the recordings have it: JSON texts read, the time and the names of one run left out.
    private static Object comparable(Map<String, Object> line, String machine) {
        var told = new LinkedHashMap<String, Object>();
        line.forEach((name, value) -> told.put(name, read(value, machine)));
        told.put("event_timestamp", "timestamp");
        return told;
    }

    private static Object read(Object value, String machine) {
        if (value instanceof Map<?, ?> map) {
            var read = new LinkedHashMap<String, Object>();
            map.forEach((name, inner) -> read.put((String) name, read(inner, machine)));
            return read;
        }
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return text.startsWith("{") ? Json.parse(text) : text.replace(machine, "ArnPart_0idx");
        } catch (JsonException e) {
            return text;
        }
    }

    @Test
    void an_express_execution_is_told_too_and_what_it_waits_for() {
        var machine = machine(
                "express",
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                LogLevel.ALL,
                false,
                StateMachineType.EXPRESS);
        aws.states().startSyncExecution(start -> start.stateMachineArn(machine).name("one"));
        assertThat(types("express"))
                .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
        assertThat(lines("express"))
                .allSatisfy(
                        line -> assertThat((String) line.get("execution_arn")).contains(":express:express:one:"));
        var stream = (Map<?, ?>)
                ((List<?>) logs.call("DescribeLogStreams", Map.of("logGroupName", "/aws/vendedlogs/states/express"))
                                .get("logStreams"))
                        .getFirst();
        assertThat((String) stream.get("logStreamName"))
                .matches("states/express/\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d/[0-9a-f]{8}");
    }

    @Test
    void children_of_a_map_run_are_told_in_the_group_of_their_machine() {
        run(machine("mapping", """
                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"Label":"M","ItemsPath":"$","ItemProcessor":{
                "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                "StartAt":"F","States":{"F":{"Type":"Fail","Error":"Bad"}}}}}}""", LogLevel.ERROR, true, StateMachineType.STANDARD), "one", "[1]");
        assertThat(types("mapping"))
                .contains("FailStateEntered", "MapRunFailed", "MapStateFailed")
                .filteredOn("ExecutionFailed"::equals)
                .hasSize(2);
        assertThat(lines("mapping"))
                .anySatisfy(
                        line -> assertThat((String) line.get("execution_arn")).contains(":execution:mapping/M:"));
    }

    @Test
    void a_task_state_writes_and_reads_logs_through_the_sdk() {
        var now = aws.aws().foundation().clock().millis();
        var machine = machine("calling", """
                {"StartAt":"Make","QueryLanguage":"JSONata","States":{
                "Make":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:cloudwatchlogs:createLogStream",
                "Arguments":{"LogGroupName":"/aws/vendedlogs/states/calling","LogStreamName":"own"},"Next":"Put"},
                "Put":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents",
                "Arguments":{"LogGroupName":"/aws/vendedlogs/states/calling","LogStreamName":"own",
                "LogEvents":[{"Timestamp":%d,"Message":"told by a state"}]},"Next":"Get"},
                "Get":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:cloudwatchlogs:getLogEvents",
                "Arguments":{"LogGroupName":"/aws/vendedlogs/states/calling","LogStreamName":"own"},
                "Output":"{%% $states.result.Events[0].Message %%}","Next":"Miss"},
                "Miss":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:cloudwatchlogs:deleteLogGroup",
                "Arguments":{"LogGroupName":"none"},"End":true,
                "Catch":[{"ErrorEquals":["CloudWatchLogs.ResourceNotFoundException"],"Next":"Told",
                "Output":"{%% $states.input %%}"}]},
                "Told":{"Type":"Succeed"}}}""".formatted(now), LogLevel.OFF, false, StateMachineType.STANDARD);
        var arn = run(machine, "one", "{}");
        assertThat(aws.states()
                        .describeExecution(asked -> asked.executionArn(arn))
                        .output())
                .isEqualTo("\"told by a state\"");
    }

    @Test
    void a_role_that_may_not_deliver_logs_makes_no_machine() {
        var poor = aws.role("poor", "states.amazonaws.com", ApplicationEndpoint.allow("logs:CreateLogDelivery", "*"))
                .replace("000000000000", "111111111111");
        assertThatThrownBy(() -> aws.states()
                        .createStateMachine(machine -> machine.name("poor")
                                .definition("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}")
                                .roleArn(poor)
                                .loggingConfiguration(logging -> logging.level(LogLevel.ALL)
                                        .destinations(to -> to.cloudWatchLogsLogGroup(group ->
                                                group.logGroupArn("arn:aws:logs:" + HERE + ":log-group:g:*"))))))
                .isInstanceOf(SfnException.class)
                .hasMessageContaining("is not authorized to access the Log Destination");
    }

    @Test
    void a_group_that_is_gone_is_not_made_again() {
        var machine = machine(
                "bereft",
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                LogLevel.ALL,
                false,
                StateMachineType.STANDARD);
        logs.call("DeleteLogGroup", Map.of("logGroupName", "/aws/vendedlogs/states/bereft"));
        run(machine, "one", "{}");
        assertThat(aws.aws().logs().groups()).doesNotContain("/aws/vendedlogs/states/bereft");
    }
}
