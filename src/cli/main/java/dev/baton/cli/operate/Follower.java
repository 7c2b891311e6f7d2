package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.cli.follow.ProgressReport;
import java.time.Duration;
import java.util.Collection;

/// Follows executions to their ends and tells how they go.
public record Follower(Endpoint endpoint, ProgressReport progress) {
    private static final Duration NEAR = Duration.ofMillis(40);
    /// GetExecutionHistory is throttled at 5 to 20 calls a second for all of an account's callers.
    private static final Duration FAR = Duration.ofSeconds(2);

    /// @return whether all succeeded
    public boolean follow(Collection<String> arns) throws InterruptedException {
        var succeeded = !arns.isEmpty();
        for (var arn : arns) {
            succeeded &= follow(arn);
        }
        return succeeded;
    }

    private boolean follow(String arn) throws InterruptedException {
        var execution = new FollowedExecution(endpoint.states(), arn, roles(endpoint, arn)::of);
        while (true) {
            var ended = execution.follow(progress::tell);
            if (ended.isPresent()) {
                return ended.get().succeeded();
            }
            pause(endpoint);
            progress.tick();
        }
    }

    /// Waits before an endpoint is asked again how an execution goes.
    static void pause(Endpoint endpoint) throws InterruptedException {
        Thread.sleep(endpoint.address() == null ? FAR : NEAR);
    }

    /// The roles of the states of the definition that an execution runs.
    static StateRoles roles(Endpoint endpoint, String arn) {
        return new StateRoles(endpoint.states()
                .describeStateMachineForExecution(request -> request.executionArn(arn))
                .definition());
    }
}
