package dev.baton.cli.operate;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.FollowedExecution;
import dev.baton.cli.follow.RunEvent;
import dev.baton.name.Arn;
import dev.baton.run.BucketNames;
import dev.baton.run.OutputMetadata;
import dev.baton.run.RecordedRedrive;
import dev.baton.run.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/// One execution and its tasks, as its history tells them.
///
/// @param tasks in the order in which they began
/// @param related of the same run, with other code
/// @param recoveries the redrives that the pipeline's policy made, in their order; others were made by hand
/// @param revisions that the code of the tasks was built from
/// @param origin who started it
public record ExecutionReport(
        DescribeExecutionResponse execution,
        List<TaskReport> tasks,
        RelatedExecutions related,
        List<RecordedRedrive> recoveries,
        ExecutedRevisions revisions,
        ExecutionOrigin origin) {

    public ExecutionReport {
        tasks = List.copyOf(tasks);
        recoveries = List.copyOf(recoveries);
    }

    /// One task of an execution.
    ///
    /// @param state the state's name, which is the node's
    /// @param role the name of the role that it runs under
    /// @param outcome `WAITING` for an approval, `RUNNING`, `RAN`, `SKIPPED`, `UNNEEDED` or `FAILED`
    /// @param attempts how many began; waiting for another branch is none, however often it times out
    /// @param took the whole of it; nothing while it runs
    /// @param output its logical URI; empty where there is none
    /// @param why what was not run, or what failed; empty where nothing is to say
    public record TaskReport(
            String state,
            String role,
            String outcome,
            int attempts,
            @Nullable Duration took,
            String output,
            String why) {

        Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("state", state);
            json.put("role", role);
            json.put("outcome", outcome);
            json.put("attempts", (long) attempts);
            json.put("milliseconds", took == null ? null : took.toMillis());
            json.put("output", output);
            json.put("why", why);
            return json;
        }
    }

    /// Asks the endpoint.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI015 when there is no such execution
    public static ExecutionReport of(Endpoint endpoint, String called) {
        var execution = new ExecutionLookup(endpoint).execution(called);
        var arn = execution.executionArn();
        var tasks = new LinkedHashMap<String, TaskReport>();
        var reading = new Reading(endpoint, DeployedPipeline.buckets(endpoint, execution.stateMachineArn()));
        new FollowedExecution(endpoint.states(), arn, Follower.roles(endpoint, arn)::of)
                .follow(event -> reading.take(event, tasks));
        return new ExecutionReport(
                execution,
                new ArrayList<>(tasks.values()),
                RelatedExecutions.of(endpoint, execution),
                RunRecoveries.of(endpoint, execution),
                ExecutedRevisions.of(
                        endpoint,
                        arn,
                        tasks.values().stream().map(TaskReport::role).toList()),
                ExecutionOrigin.of(endpoint, execution));
    }

    /// The members `execution`, `arn`, `status`, `startedAt`, `stoppedAt`, `milliseconds`, `error`, `cause`, `version`
    /// (the state machine's), `redrivable`, `redrives`, `recoveries`, `continues`, `continuedBy`, `startedBy` and `tasks`.
    public Map<String, @Nullable Object> toJson() {
        var json = row(
                execution.name(),
                execution.executionArn(),
                execution.statusAsString(),
                execution.startDate(),
                execution.stopDate(),
                execution.stateMachineVersionArn());
        json.put("redrivable", execution.redriveStatusAsString());
        json.put("redrives", (long) (execution.redriveCount() == null ? 0 : execution.redriveCount()));
        json.put("recoveries", recoveries.stream().map(RecordedRedrive::toJson).toList());
        json.putAll(related.toJson());
        json.put("startedBy", origin.toJson());
        json.put("error", execution.error());
        json.put("cause", execution.cause() == null ? null : FollowedExecution.message(execution.cause()));
        json.put(
                "tasks",
                tasks.stream()
                        .map(task -> {
                            var told = task.toJson();
                            told.put("revision", revisions.json(task.role()));
                            return told;
                        })
                        .toList());
        return json;
    }

    /// The code that the tasks ran, in lines for people.
    public List<String> code() {
        return revisions.lines(tasks.stream()
                .collect(Collectors.groupingBy(
                        TaskReport::role, Collectors.mapping(TaskReport::state, Collectors.toList()))));
    }

    /// The row of an execution in a list.
    public static Map<String, @Nullable Object> row(
            String name,
            String arn,
            String status,
            Instant started,
            @Nullable Instant stopped,
            @Nullable String version) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("execution", name);
        json.put("arn", arn);
        json.put("status", status);
        json.put("startedAt", started.toString());
        json.put("stoppedAt", stopped == null ? null : stopped.toString());
        json.put(
                "milliseconds",
                stopped == null ? null : Duration.between(started, stopped).toMillis());
        json.put("version", version == null ? null : Arn.last(version));
        return json;
    }

    private static final String WAITING = "WAITING";

    private record Reading(Endpoint endpoint, @Nullable BucketNames buckets) {
        void take(RunEvent event, Map<String, TaskReport> tasks) {
            switch (event) {
                case RunEvent.TaskStarted started when started.items() > RunEvent.FEW -> {}
                case RunEvent.TaskEnded ended when ended.items() > RunEvent.FEW -> {}
                case RunEvent.Items(var map, var of, var succeeded, var failed, var ended) -> {
                    if (of > RunEvent.FEW) {
                        var outcome = !ended ? "RUNNING" : failed == 0 ? "RAN" : "FAILED";
                        var why = succeeded + " of " + of + " items done"
                                + (failed == 0 ? "" : ", " + failed + "" + " failed");
                        tasks.put(map, new TaskReport(map, "", outcome, 1, null, "", why));
                    }
                }
                case RunEvent.TaskStarted(var node, var role, var attempt, var items) ->
                    tasks.merge(
                            node,
                            new TaskReport(node, role, "RUNNING", attempt + 1, null, "", ""),
                            (before, now) ->
                                    new TaskReport(node, role, "RUNNING", before.attempts() + 1, null, "", ""));
                case RunEvent.TaskFailed(var node, var role, var error, var cause, var remedy) -> {
                    var why = error + (cause.isEmpty() ? "" : ": " + cause) + (remedy.isEmpty() ? "" : "; " + remedy);
                    tasks.merge(
                            node,
                            new TaskReport(node, role, "FAILED", 1, null, "", why),
                            (task, failed) ->
                                    new TaskReport(node, role, "FAILED", task.attempts(), task.took(), "", why));
                }
                case RunEvent.TaskEnded(
                        var node,
                        var role,
                        var outcome,
                        var took,
                        var output,
                        var version,
                        var why,
                        var items) -> {
                    var attempts = tasks.containsKey(node) ? tasks.get(node).attempts() : 1;
                    tasks.put(
                            node,
                            new TaskReport(
                                    node,
                                    role,
                                    outcome.name(),
                                    attempts,
                                    took,
                                    output,
                                    why(outcome, output, version, why)));
                }
                case RunEvent.Compiling compiling -> {}
                case RunEvent.UploadsEnded ended -> {}
                case RunEvent.NotUploaded left -> {}
                case RunEvent.AlsoStarted other -> {}
                case RunEvent.Uploaded uploaded -> {}
                case RunEvent.Waiting waiting -> {}
                case RunEvent.ApprovalAsked(var node, var by, var since, var until) ->
                    tasks.put(
                            node,
                            new TaskReport(
                                    node,
                                    "",
                                    WAITING,
                                    0,
                                    null,
                                    "",
                                    "waits for approval of " + by + " since " + since + ", until " + until));
                case RunEvent.Started started -> {}
                case RunEvent.Published published -> {}
                case RunEvent.Deployed deployed -> {}
                case RunEvent.Promoted promoted -> {}
                case RunEvent.TakenBack takenBack -> {}
                case RunEvent.Redriven redriven -> {}
                case RunEvent.Known known -> {}
                case RunEvent.Ignored ignored -> {}
                case RunEvent.Ended ended ->
                    // What still waited then was refused, or stopped with all else.
                    tasks.replaceAll((node, task) -> task.outcome().equals(WAITING)
                            ? new TaskReport(node, "", "FAILED", 0, null, "", ended.error() + ": " + ended.cause())
                            : task);
                case RunEvent.Mocked mocked -> {}
                case RunEvent.Written written -> {}
            }
        }

        private String why(TaskOutcome outcome, String output, String version, String told) {
            return switch (outcome) {
                case SKIPPED -> {
                    var run = run(output, version);
                    yield "fresh: its inputs, code and configuration are those of "
                            + (run.isEmpty() ? "an earlier run" : "run " + run)
                            + (told.isEmpty() ? "" : "; " + told);
                }
                case UNNEEDED -> "not required for these parameters";
                case RAN -> told;
            };
        }

        /// The run that made an output: the object says so itself.
        private String run(String output, String version) {
            if (buckets == null || output.isEmpty()) {
                return "";
            }
            try {
                var address = buckets.locate(output);
                var marks = OutputMetadata.of(endpoint.s3()
                        .headObject(request -> request.bucket(address.bucket())
                                .key(address.key())
                                .versionId(version.isEmpty() ? null : version))
                        .metadata());
                return marks == null ? "" : marks.run();
            } catch (S3Exception | IllegalStateException e) {
                // Whoever asks may perhaps not read data; then that is not told.
                return "";
            }
        }
    }
}
