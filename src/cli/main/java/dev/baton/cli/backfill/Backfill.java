package dev.baton.cli.backfill;

import dev.baton.cli.follow.FollowedExecution;
import dev.baton.run.StartResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Many runs of a deployed pipeline, some at once. What is complete starts nothing, so that a call which was broken off
/// is made again and goes on.
///
/// @param atOnce how many executions may run at the same time
public record Backfill(Runs runs, int atOnce, BackfillProgress progress) {

    /// The pipeline whose runs they are.
    public interface Runs {
        /// Asks for a run.
        StartResult start(Map<String, String> parameters);

        /// Whether each is to run tasks that are fresh.
        boolean areForced();

        /// Lets a run that ended without success go on, or start anew.
        ///
        /// @return the ARN of its execution
        String again(StartResult.Failed failed);

        /// Follows an execution.
        FollowedExecution follow(String arn);

        /// Waits a while before executions are looked at again.
        void pause() throws InterruptedException;
    }

    private record Following(Map<String, String> parameters, FollowedExecution execution) {}

    /// @param again whether what failed before is started again
    /// @return whether none failed, now or before
    public boolean run(List<Map<String, String>> all, boolean again) throws InterruptedException {
        var left = new ArrayDeque<>(all);
        var following = new ArrayList<Following>();
        var good = true;
        while (!left.isEmpty() || !following.isEmpty()) {
            while (following.size() < atOnce && !left.isEmpty()) {
                good &= begin(left.poll(), again, following);
            }
            var ended = new ArrayList<Following>();
            for (var one : following) {
                var end = one.execution().follow(event -> {});
                if (end.isPresent()) {
                    ended.add(one);
                    progress.ended(one.parameters(), end.get());
                    good &= end.get().succeeded();
                }
            }
            following.removeAll(ended);
            if (ended.isEmpty() && !following.isEmpty()) {
                runs.pause();
            }
        }
        progress.summary();
        return good;
    }

    /// @return whether it has not failed before
    private boolean begin(Map<String, String> parameters, boolean again, List<Following> following) {
        switch (runs.start(parameters)) {
            case StartResult.Running running
            when running.isOver() -> progress.told("complete", parameters, "as execution " + running.name());
            case StartResult.Running running
            when runs.areForced() -> {
                progress.told("running", parameters, "as execution " + running.name() + ", which forces nothing anew");
                return false;
            }
            case StartResult.Running running -> follow(parameters, running.execution(), following);
            case StartResult.Started started -> follow(parameters, started.execution(), following);
            case StartResult.Failed failed when again -> follow(parameters, runs.again(failed), following);
            case StartResult.Failed failed -> {
                progress.told("failed", parameters, "before, as execution " + failed.name() + "; --again insists");
                return false;
            }
            case StartResult.Waiting waiting ->
                progress.told("waiting", parameters, "for " + String.join(", ", waiting.uris()));
            case StartResult.Complete complete -> progress.told("complete", parameters, complete.reason());
            case StartResult.Misshapen misshapen -> {
                progress.told("refused", parameters, misshapen.code() + " " + misshapen.reason());
                return false;
            }
            case StartResult.Refused refused -> {
                progress.told("refused", parameters, refused.code() + " " + refused.reason());
                return false;
            }
            case StartResult.Seen seen -> progress.told("ignored", parameters, "nothing was started");
            case StartResult.Unmatched unmatched -> progress.told("ignored", parameters, "nothing was started");
            case StartResult.Foreign foreign -> progress.told("unknown", parameters, foreign.outcome());
        }
        return true;
    }

    private void follow(Map<String, String> parameters, String arn, List<Following> following) {
        following.add(new Following(parameters, runs.follow(arn)));
    }
}
