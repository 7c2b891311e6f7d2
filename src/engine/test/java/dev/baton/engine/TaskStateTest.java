package dev.baton.engine;

import static dev.baton.engine.Machines.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.execution.TaskTokenException;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStateTest {
    private static final PreparedMachine CALLBACK = Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"End\":true,"
            + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\",\"TimeoutSeconds\":60,"
            + "\"HeartbeatSeconds\":10,\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$$.Task.Token\"}}");

    private final List<TaskStateInvocation> invocations = new ArrayList<>();
    private final List<TaskCompletion> completions = new ArrayList<>();
    private final Machines machines = Machines.with((invocation, completion) -> {
        invocations.add(invocation);
        completions.add(completion);
    });

    private String token() {
        return invocations.getLast().taskToken();
    }

    @Test
    void a_token_completes_its_attempt_once() {
        var execution = machines.start(CALLBACK, "{}");
        machines.time.settle();
        completions.getFirst().submitted("accepted");
        machines.engine.sendTaskSuccess(token(), 42L);
        machines.time.settle();

        assertThat(execution.output()).isEqualTo(42L);
        assertThat(types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThatThrownBy(() -> machines.engine.sendTaskSuccess(token(), 43L))
                .isInstanceOfSatisfying(
                        TaskTokenException.class,
                        e -> assertThat(e.kind()).isEqualTo(TaskTokenException.Kind.TaskTimedOut));
        assertThatThrownBy(() -> machines.engine.sendTaskHeartbeat("made up"))
                .isInstanceOfSatisfying(
                        TaskTokenException.class,
                        e -> assertThat(e.kind()).isEqualTo(TaskTokenException.Kind.InvalidToken));
    }

    /// The service calls it so for requests that wait for their end: `batch:submitJob.sync` that Batch refused is told
    /// of as `TaskSubmitFailed` (https://github.com/ASFHyP3/hyp3/pull/805).
    @Test
    void a_request_that_is_refused_was_not_submitted() {
        var execution = machines.start(CALLBACK, "{}");
        machines.time.settle();
        completions.getFirst().failure("SQS.QueueDoesNotExist", "no queue");
        machines.time.settle();

        assertThat(types(execution)).endsWith("TaskStarted", "TaskSubmitFailed", "ExecutionFailed");
        assertThat(Machines.told(execution).get(4))
                .contains("\"taskSubmitFailedEventDetails\":{\"resourceType\":\"sqs\"")
                .contains("\"error\":\"SQS.QueueDoesNotExist\",\"cause\":\"no queue\"");
    }

    @Test
    void a_token_that_comes_back_before_the_answer_waits_for_it() {
        var execution = machines.start(CALLBACK, "{}");
        machines.time.settle();
        machines.engine.sendTaskSuccess(token(), "early");
        machines.time.settle();
        assertThat(types(execution)).endsWith("TaskStarted");

        completions.getFirst().submitted("accepted");
        machines.time.settle();
        assertThat(types(execution)).contains("TaskSubmitted", "TaskSucceeded");
        assertThat(execution.output()).isEqualTo("early");
    }

    @Test
    void heartbeats_keep_an_attempt_alive_until_they_stop() {
        var execution = machines.start(CALLBACK, "{}");
        machines.time.settle();
        for (var i = 0; i < 3; i++) {
            machines.time.advance(Duration.ofSeconds(9));
            machines.engine.sendTaskHeartbeat(token());
            machines.time.settle();
        }
        assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);

        machines.time.run();
        assertThat(execution.error()).isEqualTo("States.Timeout");
        assertThat(Duration.between(Machines.START, execution.stopDate())).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void the_timeout_ends_an_attempt_that_still_beats() {
        var execution = machines.start(CALLBACK, "{}");
        machines.time.settle();
        while (execution.status() == ExecutionStatus.RUNNING) {
            machines.time.advance(Duration.ofSeconds(5));
            if (execution.status() == ExecutionStatus.RUNNING) {
                machines.engine.sendTaskHeartbeat(token());
            }
            machines.time.settle();
        }
        assertThat(types(execution)).contains("TaskTimedOut");
        assertThat(Duration.between(Machines.START, execution.stopDate())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_missed_heartbeat_is_caught_by_its_own_name() {
        var machine = Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"End\":true,\"HeartbeatSeconds\":5,"
                + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\","
                + "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody.$\":\"$$.Task.Token\"},"
                + "\"Catch\":[{\"ErrorEquals\":[\"States.HeartbeatTimeout\"],\"Next\":\"C\"}]},"
                + "\"C\":{\"Type\":\"Succeed\"}");

        assertThat(machines.run(machine, "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void what_is_reported_after_the_end_changes_nothing() {
        var execution = machines.run(
                Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                        + "\"TimeoutSeconds\":5,\"End\":true}"),
                "{}");
        var before = types(execution);
        completions.getFirst().success("late");
        completions.getFirst().failure("late", "late");
        completions.getFirst().heartbeat();
        machines.time.run();

        assertThat(completions.getFirst().isOver()).isTrue();
        assertThat(types(execution)).isEqualTo(before).endsWith("TaskTimedOut", "ExecutionFailed");
    }

    @Test
    void the_handler_learns_what_the_state_says() {
        machines.start(
                Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                        + "\"Parameters\":{\"FunctionName\":\"f\",\"Payload.$\":\"$.p\"},\"TimeoutSecondsPath\":\"$.t\","
                        + "\"Credentials\":{\"RoleArn.$\":\"$.r\"},\"End\":true}"),
                "{\"p\":[1],\"t\":7,\"r\":\"arn:aws:iam::222222222222:role/r\"}");
        machines.time.settle();
        var invocation = invocations.getFirst();

        assertThat(invocation.parameters()).hasToString("{FunctionName=f, Payload=[1]}");
        assertThat(invocation.timeoutSeconds()).isEqualTo(7);
        assertThat(invocation.roleArn()).isEqualTo("arn:aws:iam::222222222222:role/r");
        assertThat(invocation.state()).isEqualTo("T");
        assertThat(invocation.resource())
                .isEqualTo(new TaskResource.Integration(
                        "arn:aws:states:::lambda:invoke", "lambda", "invoke", IntegrationPattern.REQUEST_RESPONSE));
    }

    @Test
    void a_handler_that_throws_fails_the_attempt_and_not_the_engine() {
        var broken = Machines.with((invocation, completion) -> {
            throw new IllegalStateException("broken");
        });
        var execution = broken.run(
                Machines.jsonPath(
                        "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"End\":true}"),
                "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.cause()).contains("broken");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "arn:aws:states:::lambda:invoke, lambda, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::states:startExecution.sync, states, startExecution, SYNC",
        "arn:aws:states:::states:startExecution.sync:2, states, startExecution, SYNC_2",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken, sqs, sendMessage, WAIT_FOR_TASK_TOKEN",
        "arn:aws:states:::aws-sdk:s3:getObject, aws-sdk:s3, getObject, REQUEST_RESPONSE",
        "arn:aws:states:us-east-1:1:aws-sdk:s3:getObject, aws-sdk:s3, getObject, REQUEST_RESPONSE",
        "arn:aws-cn:states:::aws-sdk:sfn:startExecution.waitForTaskToken, aws-sdk:sfn, startExecution, WAIT_FOR_TASK_TOKEN"
    })
    void a_resource_says_service_action_and_pattern(
            String arn, String service, String action, IntegrationPattern pattern) {
        assertThat(TaskResource.parse(arn)).isEqualTo(new TaskResource.Integration(arn, service, action, pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "lambda",
        "arn:aws:s3:::bucket",
        "arn:aws:states:us-east-1:1:stateMachine:m",
        "arn:aws:states:::aws-sdk:s3"
    })
    void what_is_no_task_resource_is_none(String arn) {
        assertThat(TaskResource.parse(arn)).isNull();
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
        E             | null | {"Error":"E","Cause":null}
        null          | null | {"Error":null,"Cause":null}
        States.Timeout | null | {"Error":"States.Timeout","Cause":""}
        E             | C    | {"Error":"E","Cause":"C"}
        """)
    void a_failure_without_error_or_cause_is_caught_without(String error, String cause, String output) {
        var execution = Machines.with((invocation, completion) -> completion.failure(error, cause))
                .run(
                        Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                                + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],\"End\":true},"
                                + "\"C\":{\"Type\":\"Succeed\"}"),
                        "{}");

        assertThat(Json.print(execution.output())).isEqualTo(output);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "arn:aws:states:::lambda:invoke, lambda",
        "arn:aws:states:::aws-sdk:s3:getObject, aws-sdk:s3",
        "arn:aws:lambda:us-east-1:111111111111:function:f, arn:aws:lambda:us-east-1:111111111111:function:f"
    })
    void a_result_that_is_too_large_is_blamed_on_the_type_of_the_resource(String resource, String blamed) {
        var execution = Machines.with((invocation, completion) -> completion.success("x".repeat(300_000)))
                .run(
                        Machines.jsonPath("\"T\":{\"Type\":\"Task\",\"Resource\":\"" + resource + "\",\"End\":true}"),
                        "{}");

        assertThat(execution.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(execution.cause())
                .isEqualTo("The state/task '" + blamed
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }
}
