package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.ApplicationEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// Tasks that cannot be started: nothing is scheduled, nothing is caught, and the execution ends.
class RefusedTaskWireTest extends StatesEndpoint {
    private static final String CATCH = ",\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"C\"}],"
            + "\"Next\":\"C\"},\"C\":{\"Type\":\"Succeed\"}}}";

    private String cause(String state, String input) {
        var machine = machine(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\"," + state.replace('\'', '"') + CATCH,
                ApplicationEndpoint.allow("lambda:InvokeFunction", "*"));
        var execution = start(machine, input);
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);
        var history = history(execution);
        assertThat(history.stream().map(event -> event.type()))
                .containsExactly(
                        HistoryEventType.EXECUTION_STARTED,
                        HistoryEventType.TASK_STATE_ENTERED,
                        HistoryEventType.EXECUTION_FAILED);
        var failed = history.getLast().executionFailedEventDetails();
        assertThat(failed.error()).isEqualTo("States.Runtime");
        return failed.cause();
    }

    @Test
    void an_activity_that_is_not_there() {
        var activity = states().createActivity(r -> r.name("gone")).activityArn();
        states().deleteActivity(r -> r.activityArn(activity));

        assertThat(cause("'Resource':'" + activity + "'", "{}"))
                .isEqualTo("An error occurred while executing the state 'T' (entered at the event id #2). Activity Does"
                        + " Not Exist: '" + activity + "'");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        lambda:invoke  | {"Payload":1}                     | [The field 'FunctionName' is required but was missing]
        sns:publish    | {"Message":"m","topic":"t"}       | [The field 'topic' is not supported by Step Functions]
        sqs:sendMessage.waitForTaskToken | {"QueueUrl":"q"} | [The field 'MessageBody' is required but was missing]
        """)
    void parameters_that_an_optimised_integration_does_not_take(String resource, String parameters, String problems) {
        // What the input brings, no check of the definition can see.
        var state = "'QueryLanguage':'JSONata','Resource':'arn:aws:states:::" + resource
                + "','Arguments':'{% $states.input %}'";

        assertThat(cause(state, parameters))
                .isEqualTo("An error occurred while executing the state 'T' (entered at the event id #2). The"
                        + " Parameters '" + parameters + "' could not be used to start the Task: " + problems);
    }
}
