package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;

/// A state machine that is deleted while executions of it run.
class DeletingMachineWireTest extends StatesEndpoint {
    private static String working(String activity) {
        return """
                {"StartAt":"Both","States":{
                "Both":{"Type":"Parallel","Next":"Next","Branches":[
                  {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"%s","Next":"After"},
                                              "After":{"Type":"Pass","End":true}}},
                  {"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":600,"End":true}}}]},
                "Next":{"Type":"Pass","End":true}}}""".formatted(activity);
    }

    @Test
    void its_executions_end_where_they_would_enter_their_next_state() {
        var states = states();
        var activity =
                states.createActivity(create -> create.name(fresh("activity"))).activityArn();
        var machine = machine(working(activity));
        var execution = start(machine, "{}");
        var token = states.getActivityTask(get -> get.activityArn(activity)).taskToken();

        states.deleteStateMachine(delete -> delete.stateMachineArn(machine));

        assertThat(states.describeStateMachine(describe -> describe.stateMachineArn(machine))
                        .status())
                .isEqualTo(StateMachineStatus.DELETING);
        assertThatThrownBy(() -> start(machine, "{}")).isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> states.updateStateMachine(
                        update -> update.stateMachineArn(machine).definition(PASS)))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThatThrownBy(() -> states.publishStateMachineVersion(publish -> publish.stateMachineArn(machine)))
                .isInstanceOf(StateMachineDeletingException.class);
        assertThat(states.describeExecution(describe -> describe.executionArn(execution))
                        .status())
                .isEqualTo(ExecutionStatus.RUNNING);

        states.sendTaskSuccess(send -> send.taskToken(token).output("{}"));

        assertThat(end(execution)).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(states.getExecutionHistory(history -> history.executionArn(execution))
                        .events())
                .extracting(event -> event.type())
                .contains(HistoryEventType.TASK_STATE_EXITED, HistoryEventType.WAIT_STATE_ABORTED)
                .doesNotContain(HistoryEventType.PASS_STATE_ENTERED)
                .endsWith(HistoryEventType.EXECUTION_ABORTED);
        assertThatThrownBy(() -> states.describeStateMachine(describe -> describe.stateMachineArn(machine)))
                .isInstanceOf(StateMachineDoesNotExistException.class);
        assertThatThrownBy(() -> states.redriveExecution(redrive -> redrive.executionArn(execution)))
                .isInstanceOf(ExecutionNotRedrivableException.class);
    }

    @Test
    void a_machine_without_running_executions_is_gone_at_once_and_may_be_made_again() {
        var machine = machine(PASS);
        assertThat(end(start(machine, "{}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
        states().deleteStateMachine(delete -> delete.stateMachineArn(machine));
        assertThatThrownBy(() -> start(machine, "{}"))
                .isInstanceOfSatisfying(AwsServiceException.class, refusal -> assertThat(
                                refusal.awsErrorDetails().errorCode())
                        .isEqualTo("StateMachineDoesNotExist"));
        var name = machine.substring(machine.lastIndexOf(':') + 1);
        var again = states().createStateMachine(create ->
                        create.name(name).roleArn(aws.role("again", "states.amazonaws.com", "")).definition(PASS))
                .stateMachineArn();
        assertThat(end(start(again, "{\"a\":1}"))).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
}
