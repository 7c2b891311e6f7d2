package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Snoop;
import dev.baton.task.Pipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/// What a task does without having declared it is refused by AWS, and the refusal says what to declare.
class UndeclaredAccessTest {

    @Test
    void every_undeclared_access_ends_in_the_declaration_to_add_and_is_not_tried_again() throws InterruptedException {
        var expected = new LinkedHashMap<String, String>();
        expected.put("reads-what-another-task-reads", "add Harvest[field=SOUTH, year=2012] to requires() of Snoop");
        expected.put("reads-what-nobody-makes", "add Access.read(\"s3://lake/private/\") to uses() of Snoop");
        expected.put("lists", "add Access.list(\"s3://lake/\") to uses() of Snoop");
        expected.put("writes", "add Access.write(\"s3://lake/yield/\") to uses() of Snoop");
        expected.put(
                "starts-an-execution",
                "add Access.actions(List.of(\"states:StartExecution\"),"
                        + " List.of(\"arn:aws:states:us-east-1:000000000000:stateMachine:baton-snoop\")) to uses() of Snoop");
        expected.put("asks-for-an-undeclared-object", "add Access.read(\"s3://lake/private/\") to uses() of Snoop");
        expected.put("asks-for-an-input-it-does-not-require", "add Harvest[field=SOUTH, year=2012] to requires()");
        try (var farm = new DeployedFarm(Pipeline.of("snoop", Snoop.class), DeployedFarm::task)) {
            farm.upload("landing/north/2012.txt", "1\n");
            farm.upload("landing/south/2012.txt", "1\n");
            farm.upload("private/x.txt", "secret");
            var executions = new LinkedHashMap<String, String>();
            farm.ended(expected.size());
            for (var execution : farm.executions()) {
                var deed = execution.name().replaceFirst("^snoop-", "").replaceFirst("-2012-[0-9a-f]{32}$", "");
                executions.put(deed, execution.executionArn());
            }
            expected.forEach((deed, declaration) -> {
                var arn = executions.entrySet().stream()
                        .filter(entry -> deed.startsWith(entry.getKey().replace('_', '-'))
                                || entry.getKey().replace('_', '-').startsWith(deed.substring(0, Math.min(deed.length(), 30))))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(deed + " is none of " + executions.keySet()));
                assertThat(farm.cause(arn)).as(deed).startsWith("dev.baton.task.Undeclared").contains(Json.print(declaration).replaceAll("^\"|\"$", ""));
                assertThat(farm.history(arn).stream()
                                .filter(event -> event.type() == HistoryEventType.TASK_FAILED)
                                .map(event -> event.taskFailedEventDetails().error() + " "
                                        + event.taskFailedEventDetails().cause()))
                        .as(deed)
                        .hasSize(1);
            });
            assertThat(farm.versions(DeployedFarm.LAKE, "snoop/")).isEmpty();
            assertThat(farm.versions(DeployedFarm.LAKE, "yield/")).isEmpty();
        }
    }
}
