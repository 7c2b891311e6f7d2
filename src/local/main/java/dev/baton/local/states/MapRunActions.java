package dev.baton.local.states;

import dev.baton.engine.Engine;
import dev.baton.engine.execution.MapRun;
import dev.baton.engine.history.EventDetails;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on Map Runs.
final class MapRunActions {
    private final Executions executions;
    private final Engine engine;
    private final Authorizer authorizer;

    MapRunActions(Executions executions, Engine engine, Authorizer authorizer) {
        this.executions = executions;
        this.engine = engine;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("ListMapRuns", this::list);
        actions.put("DescribeMapRun", this::describe);
        actions.put("UpdateMapRun", this::update);
        return actions;
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        authorizer.require(request.caller(), "states:ListMapRuns", arn.text(), request.context());
        var runs = executions.find(arn.text()).history().stream()
                .map(event -> event.details() instanceof EventDetails.MapRunStarted started ? started.mapRunArn() : "")
                .filter(mapRunArn -> !mapRunArn.isEmpty())
                .distinct()
                .flatMap(mapRunArn -> engine.mapRun(mapRunArn).stream())
                .toList();
        return TokenPage.of(input)
                .answer(
                        "mapRuns",
                        runs,
                        run -> new StatesMembers()
                                .put("executionArn", run.executionArn())
                                .put("mapRunArn", run.arn())
                                .put("stateMachineArn", machineArn(run))
                                .time("startDate", run.startDate())
                                .time("stopDate", run.stopDate())
                                .map());
    }

    /// A Map Run belongs to its machine under the label of its state: `…:stateMachine:NAME/LABEL`.
    private static String machineArn(MapRun run) {
        var arn = run.arn().replace(":mapRun:", ":stateMachine:");
        return arn.substring(0, arn.lastIndexOf(':'));
    }

    private MapRun run(Map<String, @Nullable Object> input, AwsRequest request, String action) {
        var arn = StatesArn.parse(StatesMembers.required(input, "mapRunArn"), "mapRun");
        authorizer.require(request.caller(), "states:" + action, arn.text(), request.context());
        return engine.mapRun(arn.text()).orElseThrow(() -> StatesErrors.noResource(arn.text()));
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var run = run(input, request, "DescribeMapRun");
        return new StatesMembers()
                .put("mapRunArn", run.arn())
                .put("executionArn", run.executionArn())
                .put("status", run.status().name())
                .time("startDate", run.startDate())
                .time("stopDate", run.stopDate())
                .put("maxConcurrency", (long) run.maxConcurrency())
                .put("toleratedFailurePercentage", run.toleratedFailurePercentage())
                .put("toleratedFailureCount", run.toleratedFailureCount())
                .put("itemCounts", counts(run.itemCounts()))
                .put("executionCounts", counts(run.executionCounts()))
                .put("redriveCount", (long) run.redriveCount())
                .time("redriveDate", run.redriveDate())
                .map();
    }

    private static Map<String, @Nullable Object> counts(MapRun.Counts counts) {
        return new StatesMembers()
                .put("pending", counts.pending())
                .put("running", counts.running())
                .put("succeeded", counts.succeeded())
                .put("failed", counts.failed())
                .put("timedOut", counts.timedOut())
                .put("aborted", counts.aborted())
                .put("total", counts.total())
                .put("resultsWritten", counts.resultsWritten())
                .put("failuresNotRedrivable", counts.failuresNotRedrivable())
                .put("pendingRedrive", counts.pendingRedrive())
                .map();
    }

    private Map<String, @Nullable Object> update(Map<String, @Nullable Object> input, AwsRequest request) {
        var run = run(input, request, "UpdateMapRun");
        var concurrency = StatesMembers.number(input, "maxConcurrency", 0, Integer.MAX_VALUE);
        var percentage = StatesMembers.number(input, "toleratedFailurePercentage", 0, 100);
        var count = StatesMembers.number(input, "toleratedFailureCount", 0, Long.MAX_VALUE);
        if (concurrency == null && percentage == null && count == null) {
            throw StatesErrors.missingParameter("Either maxConcurrency, toleratedFailurePercentage, or"
                    + " toleratedFailureCount must be specified");
        }
        run.update(
                concurrency == null ? null : (Integer) concurrency.intValue(),
                percentage == null ? null : (Double) percentage.doubleValue(),
                count == null ? null : (Long) count.longValue());
        return Map.of();
    }
}
