package dev.baton.local.states;

import dev.baton.engine.Engine;
import dev.baton.engine.execution.MapRun;
import dev.baton.engine.history.EventDetails;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.name.Arn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on Map Runs.
record MapRunActions(Executions executions, Engine engine) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("ListMapRuns", this::list),
                ApiOperation.reading("DescribeMapRun", this::describe),
                ApiOperation.changing("UpdateMapRun", this::update));
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var runs = executions.find(arn.text()).history().stream()
                .map(event -> event.details() instanceof EventDetails.MapRunStarted started ? started.mapRunArn() : "")
                .filter(mapRunArn -> !mapRunArn.isEmpty())
                .distinct()
                .flatMap(mapRunArn -> engine.mapRun(mapRunArn).stream())
                .toList();
        return StatesErrors.PAGES.answer(
                input,
                "mapRuns",
                runs,
                MapRun::arn,
                run -> new JsonAnswer()
                        .put("executionArn", run.executionArn())
                        .put("mapRunArn", run.arn())
                        .put("stateMachineArn", machineArn(run))
                        .time("startDate", run.startDate())
                        .time("stopDate", run.stopDate())
                        .map());
    }

    /// A Map Run belongs to its machine under the label of its state: `…:stateMachine:NAME/LABEL`.
    private static String machineArn(MapRun run) {
        return Arn.beforeLast(run.arn()).replace(":mapRun:", ":stateMachine:");
    }

    private MapRun run(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("mapRunArn"), "mapRun");
        call.require(arn.text());
        return engine.mapRun(arn.text()).orElseThrow(() -> StatesErrors.noResource(arn.text()));
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var run = run(input, call);
        return new JsonAnswer()
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
        return new JsonAnswer()
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

    private Map<String, @Nullable Object> update(ApiInput input, ApiCall call) {
        var run = run(input, call);
        var concurrency = input.number("maxConcurrency");
        var percentage = input.number("toleratedFailurePercentage");
        var count = input.number("toleratedFailureCount");
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
