package dev.baton.cli.operate;

import dev.baton.cli.backfill.Backfill;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.run.StartResult;
import java.util.Map;

/// The runs of a pipeline as an endpoint has it.
public record DeployedRuns(Endpoint endpoint, DeployedPipeline pipeline) implements Backfill.Runs {
    @Override
    public StartResult start(Map<String, String> parameters) {
        return new StartRequest(endpoint, pipeline).start(parameters);
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
