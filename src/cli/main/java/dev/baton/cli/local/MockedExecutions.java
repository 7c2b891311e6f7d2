package dev.baton.cli.local;

import dev.baton.cli.follow.RunEvent;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.states.mock.MockedAnswers;
import java.util.function.Consumer;

/// A listener to executions that tells of each which mocks answered it.
///
/// @param told must not block
public record MockedExecutions(MockedAnswers answers, Consumer<RunEvent.Mocked> told) implements ExecutionListener {

    /// Tells of what ends from now on.
    public static void of(EmbeddedAws aws, Consumer<RunEvent.Mocked> told) {
        if (!aws.states().mocked().mocks().all().isEmpty()) {
            aws.states().observe(new MockedExecutions(aws.states().mocked(), told));
        }
    }

    @Override
    public void statusChanged(Execution execution) {
        if (execution.status().isClosed() && execution.mapRunArn() == null) {
            var states = answers.of(execution.arn());
            if (!states.isEmpty()) {
                told.accept(new RunEvent.Mocked(execution.request().name(), states));
            }
        }
    }
}
