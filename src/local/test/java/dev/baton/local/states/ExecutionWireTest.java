package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/// Executions from their start to their history, as the AWS SDK sees them.
class ExecutionWireTest extends StatesEndpoint {
    @Test
    void the_same_name_and_input_is_the_same_execution_while_it_runs() {
        var machine = machine(WAIT);
        var first = states().startExecution(
                        r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}"));
        var again = states().startExecution(
                        r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}"));
        assertThat(again.executionArn()).isEqualTo(first.executionArn());
        assertThat(again.startDate()).isEqualTo(first.startDate());
        var other = catchThrowableOfType(
                ExecutionAlreadyExistsException.class,
                () -> states().startExecution(
                                r -> r.stateMachineArn(machine).name("n").input("{\"a\":2}")));
        assertThat(other.awsErrorDetails().errorMessage())
                .isEqualTo("Execution Already Exists: '" + first.executionArn() + "'");
        states().stopExecution(
                        r -> r.executionArn(first.executionArn()).error("E").cause("c"));
        assertThat(end(first.executionArn())).isEqualTo(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> states().startExecution(
                                r -> r.stateMachineArn(machine).name("n").input("{\"a\":1}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
        assertThat(states().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .hasSize(1);
    }

    @Test
    void bad_calls_are_told_what_is_wrong_as_the_service_tells_it() {
        var states = states();
        var machine = machine(PASS);
        var role = aws.role("bad-calls", "states.amazonaws.com", "");
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
        assertThat(catchThrowableOfType(
                                InvalidDefinitionException.class,
                                () -> states.updateStateMachine(
                                        r -> r.stateMachineArn(machine).definition("{\"StartAt\":")))
                        .awsErrorDetails()
                        .errorMessage())
                .startsWith("Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ");
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
    void history_comes_in_pages_backwards_and_without_data() {
        var execution = start(machine(PASS), "{\"secret\":1}");
        end(execution);
        var first = states().getExecutionHistory(r -> r.executionArn(execution).maxResults(3));
        assertThat(first.events()).hasSize(3);
        var rest = states().getExecutionHistory(
                        r -> r.executionArn(execution).maxResults(3).nextToken(first.nextToken()));
        assertThat(rest.events()).extracting(HistoryEvent::id).containsExactly(4L);
        assertThat(rest.nextToken()).isNull();
        var backwards =
                states().getExecutionHistory(r -> r.executionArn(execution).reverseOrder(true));
        assertThat(backwards.events()).extracting(HistoryEvent::id).containsExactly(4L, 3L, 2L, 1L);
        var bare = states().getExecutionHistory(r -> r.executionArn(execution).includeExecutionData(false));
        assertThat(bare.events().getFirst().executionStartedEventDetails().input())
                .isNull();
    }

    @Test
    void express_machines_answer_at_once() {
        var machine = machine(PASS, r -> r.type(StateMachineType.EXPRESS));
        var result = states().startSyncExecution(r -> r.stateMachineArn(machine).input("{\"a\":1}"));
        assertThat(result.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(result.output()).isEqualTo("{\"a\":1}");
        assertThat(result.executionArn()).contains(":express:");
        assertThat(result.billingDetails().billedMemoryUsedInMB()).isEqualTo(64);
        var standard = machine(PASS);
        var e = catchThrowableOfType(
                SfnException.class, () -> states().startSyncExecution(r -> r.stateMachineArn(standard)));
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("StateMachineTypeNotSupported");
    }

    @Test
    void a_failed_execution_is_redriven_from_where_it_failed() {
        var function = aws.function(
                "redriven", environment -> (in, out, context) -> out.write(Json.bytes(Map.of("ok", true))));
        var machine = machine(invoke(function));
        var execution = start(machine, "{}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        aws.aws()
                .foundation()
                .identities()
                .putRolePolicy(
                        machine.substring(machine.lastIndexOf(':') + 1) + "-role",
                        "granted",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[" + allow("lambda:InvokeFunction", function)
                                + "]}");
        states().redriveExecution(r -> r.executionArn(execution));
        assertThat(end(execution)).isEqualTo(ExecutionStatus.SUCCEEDED);
        var described = states().describeExecution(r -> r.executionArn(execution));
        assertThat(described.redriveCount()).isEqualTo(1);
        assertThat(described.output()).isEqualTo("{\"ok\":true}");
    }
}
