package dev.baton.cli.operate;

import dev.baton.cli.backfill.Backfill;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.run.Force;
import dev.baton.run.StartResult;
import java.util.Map;
import java.util.Optional;

/// The runs of a pipeline as an endpoint has it.
///
/// @param runs how many they are
/// @param force which tasks run also where they are fresh
public record DeployedRuns(Endpoint endpoint, DeployedPipeline pipeline, int runs, Optional<Force> force)
        implements Backfill.Runs {
    @Override
    public StartResult start(Map<String, String> parameters) {
        return new StartRequest(endpoint, pipeline).start(parameters, force, runs);
    }

    @Override
    public boolean areForced() {
        return force.isPresent();
    }

    @Override
    public String again(StartResult.Failed failed) {
        return new ExecutionRestart(endpoint).again(failed.execution()).arn();
    }

    @Override
    public FollowedExecution follow(String arn) {
        return new FollowedExecution(endpoint.states(), arn, Follower.roles(endpoint, arn)::of);
    }

    @Override
    public void pause() throws InterruptedException {
        Follower.pause(endpoint);
    }
}
