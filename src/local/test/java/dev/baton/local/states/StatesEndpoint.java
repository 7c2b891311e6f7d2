package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.allow;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// An endpoint with machines and functions made with one call, for one test class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatesEndpoint {
    static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    static final String WAIT =
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":600,\"End\":true}}}";

    final ApplicationEndpoint aws = new ApplicationEndpoint();
    private int made;

    @AfterAll
    void stop() {
        aws.close();
    }

    final SfnClient states() {
        return aws.states();
    }

    /// A name that nothing on this endpoint bears yet.
    final String fresh(String kind) {
        return kind + "-" + ++made;
    }

    final String machine(String definition, String... statements) {
        return machine(definition, r -> {}, statements);
    }

    final String machine(String definition, Consumer<CreateStateMachineRequest.Builder> more, String... statements) {
        var name = fresh("machine");
        var role = aws.role(name + "-role", "states.amazonaws.com", String.join(",", statements));
        return states().createStateMachine(r -> {
                    r.name(name).roleArn(role).definition(definition);
                    more.accept(r);
                })
                .stateMachineArn();
    }

    final String start(String machineArn, String input) {
        return states().startExecution(r -> r.stateMachineArn(machineArn).input(input))
                .executionArn();
    }

    /// Waits for the end of an execution without polling.
    final ExecutionStatus end(String executionArn) {
        aws.aws()
                .states()
                .engine()
                .execution(executionArn)
                .orElseThrow()
                .closed()
                .toCompletableFuture()
                .join();
        return states().describeExecution(r -> r.executionArn(executionArn)).status();
    }

    final List<HistoryEvent> history(String executionArn) {
        return states().getExecutionHistory(r -> r.executionArn(executionArn)).events();
    }

    final String invoke(String functionArn) {
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

    final String greeter() {
        return aws.function(fresh("greeter"), environment -> (in, out, context) -> {
            var input = Json.parseObject(in.readAllBytes());
            if (input.containsKey("fail")) {
                throw new IllegalStateException("told to fail");
            }
            out.write(Json.bytes(Map.of("said", environment.get("GREETING") + " " + input.get("name"))));
        });
    }

    final String waitingFor(String child) {
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

    final String hearOfChildren() {
        var rule = "arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
        return String.join(
                ",",
                allow("events:PutTargets", rule),
                allow("events:PutRule", rule),
                allow("events:DescribeRule", rule));
    }
}
