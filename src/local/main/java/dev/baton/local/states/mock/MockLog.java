package dev.baton.local.states.mock;

import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.json.Json;
import dev.baton.local.logs.Logs;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The log of what mocks answered: a group of CloudWatch Logs with a stream for each state machine, since no shape of
/// Step Functions has a place for it.
public record MockLog(Logs logs) {
    static final String GROUP = "/baton/mocks";

    /// Writes that a call is answered. It is on the disk before the answer is given.
    ///
    /// @throws java.io.UncheckedIOException where it cannot be written
    public void add(TaskStateInvocation invocation, IntegrationMock mock) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("execution_arn", invocation.executionArn());
        line.put("state", invocation.state());
        line.put("resource", invocation.resource().arn());
        line.put("mock", mock.place().toString());
        logs.stream(GROUP, IntegrationMock.machineName(invocation.executionArn()))
                .add(Json.print(line));
    }
}
