package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.states.mock.IntegrationMocks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A test class whose AWS has mocks for a service that is not there.
class OnMockedAwsTest {
    private static final String QUERY = """
            {"StartAt": "Query", "States": {"Query": {"Type": "Task", "End": true,
              "Resource": "arn:aws:states:::athena:startQueryExecution.sync", "Parameters": {"QueryString": "select 1"},
              "OutputPath": "$.QueryExecution.QueryExecutionId"}}}""";

    @RegisterExtension
    static final EmbeddedAwsExtension AWS =
            EmbeddedAwsExtension.with(aws -> aws.mocks(IntegrationMocks.of(Path.of("test/resources/mocks.json"))));

    @Test
    void a_query_is_answered_by_its_mock(EmbeddedAws aws) {
        aws.foundation().identities().role("/", "states", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"Service": "states.amazonaws.com"}}}""");
        try (var states = OnAwsTest.client(aws)) {
            var machine = states.createStateMachine(request -> request.name("report")
                            .definition(QUERY)
                            .roleArn(aws.account().globalArn("iam", "role/states")))
                    .stateMachineArn();
            var arn = states.startExecution(request -> request.stateMachineArn(machine))
                    .executionArn();
            var closed = aws.states()
                    .engine()
                    .execution(arn)
                    .orElseThrow()
                    .closed()
                    .toCompletableFuture()
                    .join();
            assertThat(closed.output()).isEqualTo("q-1");
            assertThat(aws.states().mocked().of(arn)).isEqualTo(Map.of("Query", 1));
            assertThat(aws.states().mocked().unused()).isEmpty();
        }
    }

    @Test
    void the_same_file_serves_a_machine_under_virtual_time() {
        MockedMachine.of(QUERY)
                .mockedAs(Path.of("test/resources/mocks.json"))
                .run("{}")
                .hasOutput("\"q-1\"");
    }

    @Test
    void what_is_said_of_a_task_in_the_test_goes_before_the_file() {
        MockedMachine.of(QUERY)
                .mockedAs(Path.of("test/resources/mocks.json"))
                .task("Query")
                .always(Answer.fail("Athena.InternalServerException"))
                .run("{}")
                .hasError("Athena.InternalServerException");
    }
}
