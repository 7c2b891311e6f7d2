package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/// What EventBridge is told of executions.
class StatusChangeEventsTest extends StatesEndpoint {
    private final BlockingQueue<Map<String, @Nullable Object>> told = new LinkedBlockingQueue<>();

    private Map<?, ?> event() throws InterruptedException {
        var event = told.poll(30, TimeUnit.SECONDS);
        assertThat(event)
                .containsEntry("source", "aws.states")
                .containsEntry("detail-type", "Step Functions Execution Status Change");
        return (Map<?, ?>) event.get("detail");
    }

    @Test
    void every_status_of_a_standard_execution_is_told_with_its_error_and_whether_it_can_be_redriven()
            throws InterruptedException {
        aws.aws().states().tell(told::add);
        var failing =
                machine("{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}}}");
        var execution = start(failing, "{\"a\":1}");
        assertThat(end(execution)).isEqualTo(ExecutionStatus.FAILED);

        // They may come in any order, as they do from EventBridge.
        var details = List.of(event(), event());
        var failed = details.stream()
                .filter(detail -> "FAILED".equals(detail.get("status")))
                .findFirst()
                .orElseThrow();
        assertThat(details).extracting(detail -> (Object) detail.get("status")).contains("RUNNING");
        assertThat(failed.get("executionArn")).isEqualTo(execution);
        assertThat(failed.get("stateMachineArn")).isEqualTo(failing);
        assertThat(failed.get("error")).isEqualTo("E");
        assertThat(failed.get("cause")).isEqualTo("c");
        assertThat(failed.get("input")).isEqualTo("{\"a\":1}");
        assertThat(failed.get("redriveCount")).isEqualTo(0L);
        assertThat(failed.get("redriveStatus")).isEqualTo("REDRIVABLE");
        assertThat(failed.get("stopDate")).isInstanceOf(Long.class);

        states().redriveExecution(request -> request.executionArn(execution));
        end(execution);
        var statuses = new HashSet<Object>();
        for (var i = 0; i < 2; i++) {
            var detail = event();
            statuses.add(detail.get("status") + " after " + detail.get("redriveCount"));
        }
        assertThat(statuses).isEqualTo(Set.of("RUNNING after 1", "FAILED after 1"));

        start(machine(PASS, request -> request.type(StateMachineType.EXPRESS)), "{}");
        end(start(machine(PASS), "{}"));
        assertThat(List.of(event().get("name"), event().get("name")))
                .as("nothing of the EXPRESS one")
                .allMatch(String.class::isInstance);
        assertThat(told).isEmpty();
    }
}
