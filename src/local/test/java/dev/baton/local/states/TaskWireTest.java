package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;

/// What Task states call: functions, task tokens, activities, other executions and other services.
class TaskWireTest extends StatesEndpoint {
    @Test
    void a_machine_runs_a_function_and_tells_its_history() {
        var function = greeter();
        var machine = machine(invoke(function), allow("lambda:InvokeFunction", function));
        var execution = start(machine, "{\"name\":\"world\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.output()).isEqualTo("{\"said\":\"hello world\"}");
        assertThat(described.input()).isEqualTo("{\"name\":\"world\"}");
        assertThat(described.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
        assertThat(history(execution))
                .extracting(HistoryEvent::type)
                .containsExactly(
                        HistoryEventType.EXECUTION_STARTED,
                        HistoryEventType.TASK_STATE_ENTERED,
                        HistoryEventType.TASK_SCHEDULED,
                        HistoryEventType.TASK_STARTED,
                        HistoryEventType.TASK_SUCCEEDED,
                        HistoryEventType.TASK_STATE_EXITED,
                        HistoryEventType.EXECUTION_SUCCEEDED);
    }

    @Test
    void a_function_that_throws_fails_the_state_under_the_name_of_its_exception() {
        var function = greeter();
        var machine = machine(invoke(function), allow("lambda:InvokeFunction", function));
        var execution = start(machine, "{\"fail\":true}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(Json.parseObject(described.cause()))
                .containsEntry("errorMessage", "told to fail")
                .containsEntry("errorType", "java.lang.IllegalStateException")
                .containsKey("stackTrace");
    }

    @Test
    void a_states_role_without_the_right_fails_as_in_the_account() {
        var function = greeter();
        var machine = machine(invoke(function), allow("lambda:InvokeFunction", function + "-other"));
        var execution = start(machine, "{\"name\":\"x\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo("Lambda.AWSLambdaException");
        assertThat(described.cause())
                .contains("is not authorized to perform: lambda:InvokeFunction on resource: " + function)
                .contains("(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; ");
    }

    @Test
    void a_state_with_credentials_calls_as_that_role() {
        var function = greeter();
        var trusting = fresh("trusting");
        aws.aws().foundation().identities().role("/", trusting, """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}""");
        aws.aws()
                .foundation()
                .identities()
                .putRolePolicy(
                        trusting,
                        "inline",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[" + allow("lambda:InvokeFunction", function)
                                + "]}");
        var role = "arn:aws:iam::000000000000:role/" + trusting;
        var definition =
                invoke(function).replace("\"End\":true", "\"Credentials\":{\"RoleArn\":\"" + role + "\"},\"End\":true");
        assertThat(definition).contains("Credentials");
        var execution = start(machine(definition, allow("sts:AssumeRole", role)), "{\"name\":\"x\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var refused = start(machine(definition), "{\"name\":\"x\"}");
        assertThat(end(refused)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(states().describeExecution(r -> r.executionArn(refused)).cause())
                .contains("is not authorized to assume the task state's role, " + role);
    }

    @Test
    void a_task_token_completes_its_state_once() {
        var token = new CompletableFuture<String>();
        var function = aws.function("token-taker", environment -> (in, out, context) -> {
            token.complete((String) Json.parseObject(in.readAllBytes()).get("token"));
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        });
        var definition = Json.print(Map.of(
                "StartAt",
                "Ask",
                "States",
                Map.of(
                        "Ask",
                        Map.of(
                                "Type",
                                "Task",
                                "Resource",
                                "arn:aws:states:::lambda:invoke.waitForTaskToken",
                                "Parameters",
                                Map.of("FunctionName", function, "Payload", Map.of("token.$", "$$.Task.Token")),
                                "End",
                                true))));
        var execution = start(machine(definition, allow("lambda:InvokeFunction", function)), "{}");
        states().sendTaskHeartbeat(r -> r.taskToken(token.join()));
        states().sendTaskSuccess(r -> r.taskToken(token.join()).output("{\"answer\":42}"));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(states().describeExecution(r -> r.executionArn(execution)).output())
                .isEqualTo("{\"answer\":42}");
        assertThat(catchThrowableOfType(
                        SfnException.class,
                        () -> states().sendTaskSuccess(
                                        r -> r.taskToken(token.join()).output("{}"))))
                .isInstanceOfAny(
                        TaskDoesNotExistException.class,
                        software.amazon.awssdk.services.sfn.model.TaskTimedOutException.class);
    }

    @Test
    void a_worker_takes_the_work_of_an_activity() {
        var activity = states().createActivity(r -> r.name("work")).activityArn();
        var definition = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"" + activity
                + "\",\"End\":true}}}";
        var execution = start(machine(definition), "{\"n\":1}");
        var task = states().getActivityTask(r -> r.activityArn(activity).workerName("w"));
        assertThat(task.input()).isEqualTo("{\"n\":1}");
        states().sendTaskSuccess(r -> r.taskToken(task.taskToken()).output("\"done\""));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(history(execution)).extracting(HistoryEvent::type).contains(HistoryEventType.ACTIVITY_STARTED);
    }

    @Test
    void an_execution_starts_another_and_waits_for_it() {
        var child = machine(PASS);
        var execution = start(
                machine(
                        waitingFor(child),
                        allow("states:StartExecution", child),
                        allow("states:DescribeExecution", child.replace("stateMachine", "execution") + ":*"),
                        hearOfChildren()),
                "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(states().describeExecution(r -> r.executionArn(execution)).output())
                .isEqualTo("{\"from\":\"parent\"}");
        assertThat(states().listExecutions(r -> r.stateMachineArn(child)).executions())
                .hasSize(1);
    }

    /// Policies name the machine; which version is a condition. See
    /// [Authorization for versions and
    /// aliases](https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html).
    @Test
    void an_execution_starts_the_version_of_another_machine_that_it_names() {
        var child = machine(PASS, r -> r.publish(true));
        states().updateStateMachine(r -> r.stateMachineArn(child)
                .definition(
                        "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Result\":\"newer\",\"End\":true}}}")
                .publish(true));
        var old = child + ":1";
        var see = allow("states:DescribeExecution", child.replace("stateMachine", "execution") + ":*");
        var execution = start(
                machine(
                        waitingFor(old),
                        allow("states:StartExecution", child)
                                .replace(
                                        "\"Effect\"",
                                        "\"Condition\":{\"StringEquals\":{\"states:StateMachineQualifier\":\"1\"}},\"Effect\""),
                        see,
                        hearOfChildren()),
                "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(states().describeExecution(r -> r.executionArn(execution)).output())
                .isEqualTo("{\"from\":\"parent\"}");
        var started = states().listExecutions(r -> r.stateMachineArn(old)).executions();
        assertThat(started).hasSize(1);
        assertThat(started.getFirst().executionArn()).startsWith(child.replace("stateMachine", "execution") + ":");
        var described = states().describeExecution(
                        r -> r.executionArn(started.getFirst().executionArn()));
        assertThat(described.stateMachineArn()).isEqualTo(child);
        assertThat(described.stateMachineVersionArn()).isEqualTo(old);

        var byVersion =
                start(machine(waitingFor(old), allow("states:StartExecution", old), see, hearOfChildren()), "{}");
        assertThat(end(byVersion)).as("a version is not a resource of its own").isEqualTo(ExecutionStatus.FAILED);
        states().deleteStateMachineVersion(r -> r.stateMachineVersionArn(old));
        var gone = start(machine(waitingFor(old), allow("states:StartExecution", child), see, hearOfChildren()), "{}");
        assertThat(end(gone)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(states().describeExecution(r -> r.executionArn(gone)).error())
                .isEqualTo("StepFunctions.StateMachineDoesNotExistException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "getObject    | {'Bucket':'kept','Key.$':'$.empty'}   | S3.SdkClientException  | Key cannot be empty.",
        "deleteObject | {'Bucket':'kept','Key.$':'$.empty'}   | S3.SdkClientException  | Key cannot be empty.",
        "deleteObject | {'Bucket.$':'$.empty','Key':'k'}      | S3.SdkClientException  | Bucket cannot be empty.",
        "putObject    | {'Bucket':'kept','Key.$':'$.nothing'} | S3.SdkClientException  | Parameter 'Key' must not be null",
        "getObject    | {'Bucket':'kept','Key':'k','ResponseContentType':'text/csv'} | S3.NotImplementedException |"
                + " The embedded AWS does not take ResponseContentType here.",
    })
    void a_part_of_an_address_that_is_not_there_never_makes_another_operation(
            String action, String parameters, String error, String cause) {
        aws.s3().createBucket(r -> r.bucket("kept"));
        var machine = machine(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::aws-sdk:s3:"
                        + action + "\",\"Parameters\":" + parameters.replace('\'', '"') + ",\"End\":true}}}",
                allow("s3:*", "*"));
        var execution = start(machine, "{\"empty\":\"\",\"nothing\":null}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo(error);
        assertThat(described.cause()).startsWith(cause);
        assertThat(aws.s3().listBuckets().buckets()).extracting("name").contains("kept");
        aws.s3().deleteBucket(r -> r.bucket("kept"));
    }

    @Test
    void sdk_integrations_reach_the_other_services_as_the_machines_role() {
        aws.s3().createBucket(r -> r.bucket("sdk-bucket"));
        var definition = """
                {"StartAt":"Put","States":{
                  "Put":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:putObject",
                    "Parameters":{"Bucket":"sdk-bucket","Key":"a/b.json","Body":{"n":1}},"ResultPath":null,"Next":"Get"},
                  "Get":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:getObject",
                    "Parameters":{"Bucket":"sdk-bucket","Key":"a/b.json"},"ResultSelector":{"body.$":"States.StringToJson($.Body)"},"Next":"Who"},
                  "Who":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sts:getCallerIdentity","Parameters":{},
                    "ResultPath":"$.who","End":true}}}""";
        var allowed = start(
                machine(
                        definition,
                        allow("s3:PutObject", "arn:aws:s3:::sdk-bucket/*"),
                        allow("s3:GetObject", "arn:aws:s3:::sdk-bucket/*")),
                "{}");
        assertThat(end(allowed)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = Json.parseObject(
                states().describeExecution(r -> r.executionArn(allowed)).output());
        assertThat(output.get("body")).isEqualTo(Map.of("n", 1L));
        assertThat(String.valueOf(((Map<?, ?>) output.get("who")).get("Arn"))).contains(":assumed-role/machine-");
        var refused = start(machine(definition), "{}");
        assertThat(end(refused)).isEqualTo(ExecutionStatus.FAILED);
        var described = states().describeExecution(r -> r.executionArn(refused));
        assertThat(described.error()).isEqualTo("S3.S3Exception");
        assertThat(described.cause()).contains("is not authorized to perform: s3:PutObject");
    }
}
