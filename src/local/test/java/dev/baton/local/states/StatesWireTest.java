package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;

/// Step Functions as the AWS SDK sees it.
class StatesWireTest {
    private static final ApplicationEndpoint AWS = new ApplicationEndpoint();
    private static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";
    private static final String WAIT =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}";

    private static int made;

    @AfterAll
    static void stop() {
        AWS.close();
    }

    private static String machine(String definition, String... statements) {
        return machine(definition, r -> {}, statements);
    }

    private static String machine(
            String definition, Consumer<CreateStateMachineRequest.Builder> more, String... statements) {
        var name = "machine-" + ++made;
        var role = AWS.role(name + "-role", "states.amazonaws.com", String.join(",", statements));
        return AWS.states()
                .createStateMachine(r -> {
                    r.name(name).roleArn(role).definition(definition);
                    more.accept(r);
                })
                .stateMachineArn();
    }

    private static String start(String machineArn, String input) {
        return AWS.states()
                .startExecution(r -> r.stateMachineArn(machineArn).input(input))
                .executionArn();
    }

    /// Waits for the end of an execution without polling.
    private static ExecutionStatus end(String executionArn) {
        AWS.aws()
                .states()
                .engine()
                .execution(executionArn)
                .orElseThrow()
                .closed()
                .toCompletableFuture()
                .join();
        return AWS.states().describeExecution(r -> r.executionArn(executionArn)).status();
    }

    private static List<HistoryEvent> history(String executionArn) {
        return AWS.states()
                .getExecutionHistory(r -> r.executionArn(executionArn))
                .events();
    }

    private static String invoke(String functionArn) {
        return Json.print(Map.of(
                "StartAt",
                "Greet",
                "States",
                Map.of(
                        "Greet",
                        Map.of(
                                "Type", "Task",
                                "Resource", "arn:aws:states:::lambda:invoke",
                                "Parameters", Map.of("FunctionName", functionArn, "Payload.$", "$"),
                                "OutputPath", "$.Payload",
                                "End", true))));
    }

    private static String greeter() {
        return AWS.function("greeter-" + ++made, environment -> (in, out, context) -> {
            var input = Json.parseObject(in.readAllBytes());
            if (input.containsKey("fail")) {
                throw new IllegalStateException("told to fail");
            }
            out.write(Json.bytes(Map.of("said", environment.get("GREETING") + " " + input.get("name"))));
        });
    }

    @Test
    void a_machine_runs_a_function_and_tells_its_history() {
        var function = greeter();
        var machine = machine(invoke(function), allow("lambda:InvokeFunction", function));
        var execution = start(machine, "{\"name\":\"world\"}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = AWS.states().describeExecution(r -> r.executionArn(execution));
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
        var described = AWS.states().describeExecution(r -> r.executionArn(execution));
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
        var described = AWS.states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.error()).isEqualTo("Lambda.AWSLambdaException");
        assertThat(described.cause())
                .contains("is not authorized to perform: lambda:InvokeFunction on resource: " + function)
                .contains("(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; ");
    }

    @Test
    void a_state_with_credentials_calls_as_that_role() {
        var function = greeter();
        var trusting = "trusting-" + ++made;
        AWS.aws().foundation().identities().role("/", trusting, """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}}""");
        AWS.aws()
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
        assertThat(AWS.states().describeExecution(r -> r.executionArn(refused)).cause())
                .contains("is not authorized to assume the task state's role, " + role);
    }

    @Test
    void the_same_name_and_input_is_the_same_execution_while_it_runs() {
        var machine = machine(WAIT);
        var first = AWS.states()
                .startExecution(r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}"));
        var again = AWS.states()
                .startExecution(r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}"));
        assertThat(again.executionArn()).isEqualTo(first.executionArn());
        assertThat(again.startDate()).isEqualTo(first.startDate());
        var other = catchThrowableOfType(
                ExecutionAlreadyExistsException.class,
                () -> AWS.states()
                        .startExecution(
                                r -> r.stateMachineArn(machine).name("n").input("{\"a\":2}")));
        assertThat(other.awsErrorDetails().errorMessage())
                .isEqualTo("Execution Already Exists: '" + first.executionArn() + "'");
        AWS.states()
                .stopExecution(
                        r -> r.executionArn(first.executionArn()).error("E").cause("c"));
        assertThat(end(first.executionArn())).isEqualTo(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> AWS.states()
                        .startExecution(
                                r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
        assertThat(AWS.states().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .hasSize(1);
    }

    @Test
    void bad_calls_are_told_what_is_wrong_as_the_service_tells_it() {
        var states = AWS.states();
        var machine = machine(PASS);
        var role = AWS.role("bad-calls", "states.amazonaws.com", "");
        assertThat(catchThrowableOfType(
                                InvalidArnException.class,
                                () -> states.describeExecution(r -> r.executionArn("nonsense")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Invalid Arn: 'Invalid ARN prefix: nonsense'");
        assertThat(catchThrowableOfType(InvalidExecutionInputException.class, () -> start(machine, "not some json"))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo(
                        "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, "
                                + "Number, Array, Object or token 'null', 'true' or 'false')'");
        assertThat(catchThrowableOfType(
                                InvalidNameException.class, () -> states.createActivity(r -> r.name("activity name")))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Invalid Name: 'activity name'");
        assertThat(catchThrowableOfType(
                                InvalidDefinitionException.class,
                                () -> states.createStateMachine(
                                        r -> r.name("invalid").roleArn(role).definition("{\"StartAt\":\"X\"}")))
                        .awsErrorDetails()
                        .errorMessage())
                .startsWith("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ");
        assertThat(catchThrowableOfType(StateMachineDoesNotExistException.class, () -> start(machine + "x", "{}"))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("State Machine Does Not Exist: '" + machine + "x'");
        assertThat(catchThrowableOfType(
                                SfnException.class,
                                () -> states.listExecutions(
                                        r -> r.stateMachineArn(machine).maxResults(1001)))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo(
                        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member "
                                + "must have value less than or equal to 1000");
        assertThatThrownBy(() ->
                        states.sendTaskSuccess(r -> r.taskToken("nonsense").output("{}")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void a_role_that_step_functions_may_not_assume_is_refused() {
        var role = AWS.role("for-lambda", "lambda.amazonaws.com", "");
        var e = catchThrowableOfType(
                SfnException.class,
                () -> AWS.states()
                        .createStateMachine(r -> r.name("never").roleArn(role).definition(PASS)));
        assertThat(e.awsErrorDetails().errorMessage())
                .startsWith("Neither the global service principal states.amazonaws.com");
    }

    @Test
    void history_comes_in_pages_backwards_and_without_data() {
        var execution = start(machine(PASS), "{\"secret\":1}");
        end(execution);
        var first =
                AWS.states().getExecutionHistory(r -> r.executionArn(execution).maxResults(3));
        assertThat(first.events()).hasSize(3);
        var rest = AWS.states()
                .getExecutionHistory(
                        r -> r.executionArn(execution).maxResults(3).nextToken(first.nextToken()));
        assertThat(rest.events()).extracting(HistoryEvent::id).containsExactly(4L);
        assertThat(rest.nextToken()).isNull();
        var backwards =
                AWS.states().getExecutionHistory(r -> r.executionArn(execution).reverseOrder(true));
        assertThat(backwards.events()).extracting(HistoryEvent::id).containsExactly(4L, 3L, 2L, 1L);
        var bare =
                AWS.states().getExecutionHistory(r -> r.executionArn(execution).includeExecutionData(false));
        assertThat(bare.events().getFirst().executionStartedEventDetails().input())
                .isNull();
    }

    @Test
    void a_task_token_completes_its_state_once() {
        var token = new CompletableFuture<String>();
        var function = AWS.function("token-taker", environment -> (in, out, context) -> {
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
        AWS.states().sendTaskHeartbeat(r -> r.taskToken(token.join()));
        AWS.states().sendTaskSuccess(r -> r.taskToken(token.join()).output("{\"answer\":42}"));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(AWS.states()
                        .describeExecution(r -> r.executionArn(execution))
                        .output())
                .isEqualTo("{\"answer\":42}");
        assertThat(catchThrowableOfType(
                        SfnException.class,
                        () -> AWS.states()
                                .sendTaskSuccess(r -> r.taskToken(token.join()).output("{}"))))
                .isInstanceOfAny(
                        TaskDoesNotExistException.class,
                        software.amazon.awssdk.services.sfn.model.TaskTimedOutException.class);
    }

    private static String waitingFor(String child) {
        return Json.print(Map.of(
                "StartAt",
                "Child",
                "States",
                Map.of(
                        "Child",
                        Map.of(
                                "Type", "Task",
                                "Resource", "arn:aws:states:::states:startExecution.sync:2",
                                "Parameters", Map.of("StateMachineArn", child, "Input", Map.of("from", "parent")),
                                "OutputPath", "$.Output",
                                "End", true))));
    }

    private static String hearOfChildren() {
        var rule = "arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
        return String.join(
                ",",
                allow("events:PutTargets", rule),
                allow("events:PutRule", rule),
                allow("events:DescribeRule", rule));
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
        assertThat(AWS.states()
                        .describeExecution(r -> r.executionArn(execution))
                        .output())
                .isEqualTo("{\"from\":\"parent\"}");
        assertThat(AWS.states().listExecutions(r -> r.stateMachineArn(child)).executions())
                .hasSize(1);
    }

    @Test
    void a_machine_that_waits_for_another_needs_the_rights_for_it() {
        var child = machine(PASS);
        var refused = catchThrowableOfType(
                SfnException.class, () -> machine(waitingFor(child), allow("states:StartExecution", child)));
        assertThat(refused.awsErrorDetails().errorMessage()).endsWith("is not authorized to create managed-rule.");
        var blind = start(machine(waitingFor(child), allow("states:StartExecution", child), hearOfChildren()), "{}");
        assertThat(end(blind)).isEqualTo(ExecutionStatus.FAILED);
        assertThat(AWS.states().describeExecution(r -> r.executionArn(blind)).cause())
                .contains("is not authorized to perform: states:DescribeExecution");
    }

    @Test
    void express_machines_answer_at_once() {
        var machine = machine(PASS, r -> r.type(StateMachineType.EXPRESS));
        var result =
                AWS.states().startSyncExecution(r -> r.stateMachineArn(machine).input("{\"a\":1}"));
        assertThat(result.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(result.output()).isEqualTo("{\"a\":1}");
        assertThat(result.executionArn()).contains(":express:");
        assertThat(result.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
        var standard = machine(PASS);
        var e = catchThrowableOfType(
                SfnException.class, () -> AWS.states().startSyncExecution(r -> r.stateMachineArn(standard)));
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("StateMachineTypeNotSupported");
    }

    @Test
    void versions_stay_and_aliases_route() {
        var states = AWS.states();
        var machine = machine(PASS);
        var one = states.publishStateMachineVersion(r -> r.stateMachineArn(machine))
                .stateMachineVersionArn();
        assertThat(one).isEqualTo(machine + ":1");
        assertThat(states.publishStateMachineVersion(r -> r.stateMachineArn(machine))
                        .stateMachineVersionArn())
                .isEqualTo(one);
        var alias = states.createStateMachineAlias(r -> r.name("live")
                        .routingConfiguration(
                                route -> route.stateMachineVersionArn(one).weight(100)))
                .stateMachineAliasArn();
        states.updateStateMachine(r -> r.stateMachineArn(machine).definition(WAIT));
        var execution = start(alias, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = states.describeExecution(r -> r.executionArn(execution));
        assertThat(described.stateMachineAliasArn()).isEqualTo(alias);
        assertThat(described.stateMachineVersionArn()).isEqualTo(one);
        assertThat(states.describeStateMachine(r -> r.stateMachineArn(one)).definition())
                .isEqualTo(PASS);
        assertThat(states.describeStateMachineForExecution(r -> r.executionArn(execution))
                        .definition())
                .isEqualTo(PASS);
        var e = catchThrowableOfType(
                SfnException.class, () -> states.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one)));
        assertThat(e.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "Version to be deleted must not be referenced by an alias. Current list of aliases referencing "
                                + "this version: [live]");
        states.deleteStateMachineAlias(r -> r.stateMachineAliasArn(alias));
        states.deleteStateMachineVersion(r -> r.stateMachineVersionArn(one));
        assertThat(states.listStateMachineVersions(r -> r.stateMachineArn(machine))
                        .stateMachineVersions())
                .isEmpty();
    }

    @Test
    void a_worker_takes_the_work_of_an_activity() {
        var activity = AWS.states().createActivity(r -> r.name("work")).activityArn();
        var definition = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"" + activity
                + "\",\"End\":true}}}";
        var execution = start(machine(definition), "{\"n\":1}");
        var task = AWS.states().getActivityTask(r -> r.activityArn(activity).workerName("w"));
        assertThat(task.input()).isEqualTo("{\"n\":1}");
        AWS.states().sendTaskSuccess(r -> r.taskToken(task.taskToken()).output("\"done\""));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(history(execution)).extracting(HistoryEvent::type).contains(HistoryEventType.ACTIVITY_STARTED);
    }

    @Test
    void a_failed_execution_is_redriven_from_where_it_failed() {
        var function = AWS.function(
                "redriven", environment -> (in, out, context) -> out.write(Json.bytes(Map.of("ok", true))));
        var machine = machine(invoke(function));
        var execution = start(machine, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        AWS.aws()
                .foundation()
                .identities()
                .putRolePolicy(
                        machine.substring(machine.lastIndexOf(':') + 1) + "-role",
                        "granted",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[" + allow("lambda:InvokeFunction", function)
                                + "]}");
        AWS.states().redriveExecution(r -> r.executionArn(execution));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = AWS.states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.redriveCount()).isEqualTo(1);
        assertThat(described.output()).isEqualTo("{\"ok\":true}");
    }

    @Test
    void sdk_integrations_reach_the_other_services_as_the_machines_role() {
        AWS.s3().createBucket(r -> r.bucket("sdk-bucket"));
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
                AWS.states().describeExecution(r -> r.executionArn(allowed)).output());
        assertThat(output.get("body")).isEqualTo(Map.of("n", 1L));
        assertThat(String.valueOf(((Map<?, ?>) output.get("who")).get("Arn"))).contains(":assumed-role/machine-");
        var refused = start(machine(definition), "{}");
        assertThat(end(refused)).isEqualTo(ExecutionStatus.FAILED);
        var described = AWS.states().describeExecution(r -> r.executionArn(refused));
        assertThat(described.error()).isEqualTo("S3.S3Exception");
        assertThat(described.cause()).contains("is not authorized to perform: s3:PutObject");
    }

    @Test
    void tags_and_logging_are_kept() {
        var machine = machine(PASS, r -> r.tags(t -> t.key("team").value("red")));
        AWS.states()
                .tagResource(r -> r.resourceArn(machine).tags(t -> t.key("cost").value("low")));
        AWS.states().untagResource(r -> r.resourceArn(machine).tagKeys("team"));
        assertThat(AWS.states().listTagsForResource(r -> r.resourceArn(machine)).tags())
                .extracting(t -> t.key() + "=" + t.value())
                .containsExactly("cost=low");
        assertThat(AWS.states()
                        .describeStateMachine(r -> r.stateMachineArn(machine))
                        .loggingConfiguration()
                        .levelAsString())
                .isEqualTo("OFF");
    }

    @Test
    void a_definition_is_validated_without_being_created() {
        assertThat(AWS.states()
                        .validateStateMachineDefinition(r -> r.definition(PASS))
                        .resultAsString())
                .isEqualTo("OK");
        var invalid =
                AWS.states().validateStateMachineDefinition(r -> r.definition("{\"StartAt\":\"X\",\"States\":{}}"));
        assertThat(invalid.resultAsString()).isEqualTo("FAIL");
        assertThat(invalid.diagnostics()).isNotEmpty();
    }
}
