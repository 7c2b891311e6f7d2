package dev.baton.lambda.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.ExecutionInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineAliasResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/// A deployment moves the alias while executions are started.
class DeployedMachineTest {
    private static final String MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:baton-farm";

    private final Moving states = new Moving();
    private final DeployedMachine machine = new DeployedMachine(states, MACHINE + ":live", () -> "code");

    @Test
    void an_execution_runs_the_version_that_it_is_named_for_though_the_alias_has_moved_on() {
        var input = new ExecutionInput(Optional.of("farm"), Map.of(), Map.of("s3://lake/a", "v1"));
        var code = machine.code();
        states.version = 2;
        machine.start("farm", input, code, (name, number, of) -> new RecordedStarts.Clearance.Given(), () -> null);
        machine.start(
                "farm", input, machine.code(), (name, number, of) -> new RecordedStarts.Clearance.Given(), () -> null);
        assertThat(states.started)
                .extracting(StartExecutionRequest::stateMachineArn)
                .as("what was started, before the alias moved and after")
                .containsExactly(MACHINE + ":1", MACHINE + ":2");
        assertThat(states.started).extracting(StartExecutionRequest::name).doesNotHaveDuplicates();
    }

    /// An alias that points elsewhere from one moment to the next.
    private static final class Moving implements SfnClient {
        private final List<StartExecutionRequest> started = new ArrayList<>();
        private int version = 1;

        @Override
        public DescribeStateMachineAliasResponse describeStateMachineAlias(DescribeStateMachineAliasRequest request) {
            return DescribeStateMachineAliasResponse.builder()
                    .routingConfiguration(route -> route.stateMachineVersionArn(MACHINE + ":" + version)
                            .weight(100))
                    .build();
        }

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            started.add(request);
            return StartExecutionResponse.builder()
                    .executionArn("arn:aws:states:e")
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
