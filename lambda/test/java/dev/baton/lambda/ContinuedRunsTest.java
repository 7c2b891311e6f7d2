package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import dev.baton.lambda.simulated.SimulatedStates.Execution;
import dev.baton.run.ExecutionInput;
import dev.baton.task.InvalidInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The start function when it is asked to continue an execution that failed with the code that is deployed now.
class ContinuedRunsTest {
    private final Farm farm = new Farm();

    @BeforeEach
    void upload() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
    }

    private Map<?, ?> start(Map<String, ?> event) {
        return (Map<?, ?>) ((List<?>) farm.call("start", event).get("results")).getFirst();
    }

    private Map<?, ?> continued(String name) {
        return start(Map.of("start", Map.of("continues", name)));
    }

    private Execution started() {
        start(farm.uploaded(Field.SOUTH, 2012));
        return farm.aws.states().executions().getLast();
    }

    @Test
    void an_execution_that_failed_is_followed_by_one_that_names_it_and_reads_the_same() {
        var failed = started();
        failed.end("FAILED");
        farm.aws.states().redefine("{\"Comment\":\"mended\"}");

        var result = continued(failed.name());

        assertThat(result.get("outcome")).isEqualTo("started");
        var next = farm.aws.states().executions().getLast();
        assertThat(next.name()).isEqualTo(result.get("name")).isNotEqualTo(failed.name());
        var input = ExecutionInput.of(Json.parse(next.input()));
        var before = ExecutionInput.of(Json.parse(failed.input()));
        assertThat(input.continues()).hasValue(failed.name());
        assertThat(input.inputs()).isEqualTo(before.inputs());
        assertThat(input.parameters()).isEqualTo(before.parameters());
        assertThat(farm.pin(next, farm.wires()).outdated()).isEmpty();

        assertThat(start(farm.uploaded(Field.SOUTH, 2012)).get("name"))
                .as("an event that comes late finds it")
                .isEqualTo(next.name());
        assertThat(farm.aws.states().executions()).hasSize(2);
    }

    @Test
    void an_upload_that_was_replaced_since_is_refused_for_what_is_finished_would_not_be_fresh() {
        var failed = started();
        farm.upload(Field.NORTH, 2012, "3\n");
        failed.end("TIMED_OUT");
        farm.aws.states().redefine("{\"Comment\":\"mended\"}");
        assertThatThrownBy(() -> continued(failed.name()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("s3://lake/landing/north/2012.txt is version ")
                .hasMessageContaining("RUN055");
        assertThat(farm.aws.states().executions()).hasSize(1);
    }

    @Test
    void what_has_not_failed_or_ran_this_very_code_is_refused() {
        var execution = started();
        assertThatThrownBy(() -> continued(execution.name()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is RUNNING")
                .hasMessageContaining("RUN054");
        assertThatThrownBy(() -> continued("farm-1066"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no execution farm-1066")
                .hasMessageContaining("RUN054");
        execution.end("ABORTED");
        assertThatThrownBy(() -> continued(execution.name()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("ran the code that is deployed")
                .hasMessageContaining("RUN056");
        assertThat(farm.aws.states().executions()).hasSize(1);
    }

    @Test
    void only_executions_of_this_pipeline_are_redriven_and_none_without_a_policy() {
        var failed = started();
        failed.end("FAILED");
        assertThat(recovered(failed.arn())).isEqualTo(List.of());
        assertThat(failed.status()).isEqualTo("FAILED");
        assertThatThrownBy(() -> recovered(failed.arn().replace("baton-farm:", "baton-farm-shop:")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is not of this pipeline");
    }

    private Object recovered(String execution) {
        var event = Map.of("recover", Map.of("execution", execution, "redrives", 0));
        return farm.call("start", event).get("results");
    }
}
