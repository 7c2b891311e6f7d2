package dev.baton.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.Tag;

/// What the API does not take, each after its page of the API reference or the developer guide's *Step Functions
/// service quotas*, and in which order it lists.
class ConstraintWireTest extends StatesEndpoint {
    private static final String FAIL = "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}";

    @TestFactory
    Stream<DynamicTest> a_call_beyond_the_model_is_refused() {
        var machine = machine(PASS);
        var other = machine(PASS);
        var version = publish(machine);
        var foreign = publish(other);
        var alias = states().createStateMachineAlias(r -> r.name("live").routingConfiguration(route(version, 100)))
                .stateMachineAliasArn();
        var execution = start(machine, "{}");
        var calls = new LinkedHashMap<String, Consumer<SfnClient>>();
        calls.put(
                "ValidationException: 1 validation error detected: Value at 'cause' failed",
                sfn -> sfn.stopExecution(r -> r.executionArn(execution).cause("c".repeat(32_769))));
        calls.put(
                "ValidationException: 1 validation error detected: Value at 'error' failed",
                sfn -> sfn.sendTaskFailure(r -> r.taskToken("t").error("e".repeat(257))));
        calls.put(
                "ValidationException: 1 validation error detected: Value at 'output' failed",
                sfn -> sfn.sendTaskSuccess(r -> r.taskToken("t").output("\"" + "ü".repeat(131_072) + "\"")));
        calls.put(
                "ValidationException: 1 validation error detected: Value at 'input' failed",
                sfn -> start(machine, "\"" + "x".repeat(262_143) + "\""));
        calls.put(
                "ValidationException: The statusFilter PENDING_REDRIVE needs a mapRunArn",
                sfn -> sfn.listExecutions(
                        r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.PENDING_REDRIVE)));
        calls.put(
                "ValidationException: Only one of stateMachineArn and mapRunArn",
                sfn -> sfn.listExecutions(r -> r.stateMachineArn(machine).mapRunArn(machine)));
        calls.put(
                "ValidationException: 1 validation error detected: Value 'AGAIN' at 'redriveFilter' failed",
                sfn -> sfn.listExecutions(r -> r.stateMachineArn(machine).redriveFilter("AGAIN")));
        calls.put(
                "ValidationException: 1 validation error detected: Value '101' at 'maxResults' failed",
                sfn -> sfn.validateStateMachineDefinition(
                        r -> r.definition(PASS).maxResults(101)));
        calls.put(
                "ValidationException: 1 validation error detected: Value 'INFO' at 'severity' failed",
                sfn -> sfn.validateStateMachineDefinition(
                        r -> r.definition(PASS).severity("INFO")));
        calls.put(
                "ValidationException: Routing configuration must contain distinct state machine version ARNs",
                sfn -> sfn.createStateMachineAlias(
                        r -> r.name("twice").routingConfiguration(route(version, 50), route(version, 50))));
        calls.put(
                "ValidationException: 1 validation error detected: Value '150' at 'routingConfiguration.1.member.weight' failed",
                sfn -> sfn.createStateMachineAlias(r -> r.name("heavy").routingConfiguration(route(version, 150))));
        calls.put(
                "ResourceNotFound: Request references a resource that does not exist",
                sfn -> sfn.updateStateMachineAlias(
                        r -> r.stateMachineAliasArn(alias).routingConfiguration(route(foreign, 100))));
        calls.put(
                "ConflictException: Failed to publish the State Machine version for revision other",
                sfn -> sfn.publishStateMachineVersion(
                        r -> r.stateMachineArn(machine).revisionId("other")));
        calls.put(
                "ValidationException: aws: prefixed tag keys are not allowed for external use",
                sfn -> sfn.tagResource(r -> r.resourceArn(machine).tags(tag("aws:k", "v"))));
        calls.put(
                "ValidationException: 1 validation error detected: Value '" + "k".repeat(129)
                        + "' at 'tags.1.member.key' failed",
                sfn -> sfn.tagResource(r -> r.resourceArn(machine).tags(tag("k".repeat(129), "v"))));
        calls.put(
                "ValidationException: Tags may only contain unicode letters",
                sfn -> sfn.tagResource(r -> r.resourceArn(machine).tags(tag("k", "v!"))));
        calls.put("TooManyTags: Tag count exceeds the limit of 50 tags", sfn -> {
            sfn.tagResource(r -> r.resourceArn(machine).tags(tags(0, 50)));
            sfn.tagResource(r -> r.resourceArn(machine).tags(tags(50, 51)));
        });
        calls.put(
                "InvalidName: Invalid Name: 'pile-\uD83D\uDCA9'",
                sfn -> sfn.createActivity(r -> r.name("pile-\uD83D\uDCA9")));
        calls.put("ExecutionNotRedrivable: Execution is SUCCEEDED and cannot be redriven", sfn -> {
            end(execution);
            sfn.redriveExecution(r -> r.executionArn(execution));
        });
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> refused(call.getKey(), call.getValue())));
    }

    private void refused(String expected, Consumer<SfnClient> call) {
        var e = catchThrowableOfType(SfnException.class, () -> call.accept(states()));

        assertThat(e).isNotNull();
        assertThat(e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage())
                .startsWith(expected);
    }

    private String publish(String machine) {
        return states().publishStateMachineVersion(
                        r -> r.stateMachineArn(machine).revisionId("INITIAL"))
                .stateMachineVersionArn();
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static Tag[] tags(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);
    }

    @Test
    void executions_are_listed_by_when_they_last_changed() {
        var machine =
                machine("{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":100000,\"End\":true}}}");
        var first = start(machine, "{}");
        var second = start(machine, "{}");
        var third = start(machine, "{}");
        states().stopExecution(r -> r.executionArn(first));
        end(first);

        assertThat(states().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .extracting(ExecutionListItem::executionArn)
                .containsExactly(first, third, second);
        for (var execution : new String[] {second, third}) {
            states().stopExecution(r -> r.executionArn(execution));
        }
    }

    @Test
    void a_redrive_that_is_asked_for_twice_with_one_token_happens_once() {
        var machine = machine(FAIL);
        var execution = start(machine, "{}");
        end(execution);
        var dates = Stream.of("a", "a", "b")
                .map(token -> {
                    var date = states().redriveExecution(
                                    r -> r.executionArn(execution).clientToken(token))
                            .redriveDate();
                    end(execution);
                    return date;
                })
                .collect(Collectors.toSet());
        var described = states().describeExecution(r -> r.executionArn(execution));

        assertThat(described.redriveCount()).isEqualTo(2);
        assertThat(dates).hasSizeLessThanOrEqualTo(2).contains(described.redriveDate());
        assertThat(described.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);
        var filters = Map.of(ExecutionRedriveFilter.REDRIVEN, 1, ExecutionRedriveFilter.NOT_REDRIVEN, 0);
        filters.forEach((filter, count) -> assertThat(
                        states().listExecutions(r -> r.stateMachineArn(machine).redriveFilter(filter))
                                .executions())
                .hasSize(count));
    }
}
