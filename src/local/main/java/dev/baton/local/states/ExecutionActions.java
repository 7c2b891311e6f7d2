package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The actions on executions.
final class ExecutionActions {
    private static final int BILLED_MEMORY_MEGABYTES = 64;
    private static final int BILLED_STEP_MILLIS = 100;

    private final StepFunctions states;
    private final Machines machines;
    private final Executions executions;
    private final Engine engine;
    private final MachineKeys keys;
    private final Redrives redrives = new Redrives();

    ExecutionActions(StepFunctions states, Machines machines, Executions executions, Engine engine, MachineKeys keys) {
        this.states = states;
        this.machines = machines;
        this.executions = executions;
        this.engine = engine;
        this.keys = keys;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("StartExecution", this::start),
                ApiOperation.changing("StartSyncExecution", this::startSync),
                ApiOperation.reading("DescribeExecution", this::describe, "states:DescribeExecution", "kms:Decrypt"),
                ApiOperation.reading("ListExecutions", this::list),
                ApiOperation.changing("StopExecution", this::stop),
                ApiOperation.changing("RedriveExecution", this::redrive),
                ApiOperation.reading(
                        "GetExecutionHistory", this::history, "states:GetExecutionHistory", "kms:Decrypt"));
    }

    private Map<String, @Nullable Object> start(ApiInput input, ApiCall call) {
        var execution = states.start(
                call.caller(),
                input.require("stateMachineArn"),
                input.text("name"),
                input.text("input"),
                input.text("traceHeader"),
                call.context());
        return new JsonAnswer()
                .put("executionArn", execution.arn())
                .time("startDate", execution.startDate())
                .map();
    }

    private Map<String, @Nullable Object> startSync(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("stateMachineArn"), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        var start = machines.start(arn);
        if (start.machine().type() != StateMachineType.EXPRESS) {
            throw StatesErrors.wrongType();
        }
        var name = input.text("name");
        var text = input.text("input");
        var execution = executions.express(
                start,
                name == null ? UUID.randomUUID().toString() : NameRules.check(name),
                Executions.parse(text),
                input.text("traceHeader"));
        var closed = closed(execution);
        var withData = !"METADATA_ONLY".equals(input.text("includedData"));
        return synchronously(closed, text == null ? "{}" : text, withData);
    }

    private static Execution closed(Execution execution) {
        try {
            return execution.closed().toCompletableFuture().get();
        } catch (ExecutionException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsError(500, "InternalFailure", "The execution was given up.");
        }
    }

    private static Map<String, @Nullable Object> synchronously(Execution execution, String input, boolean withData) {
        var stopped = execution.stopDate() == null ? execution.startDate() : execution.stopDate();
        var millis = Duration.between(execution.startDate(), stopped).toMillis();
        var billed = (millis / BILLED_STEP_MILLIS + 1) * BILLED_STEP_MILLIS;
        var answer = new JsonAnswer()
                .put("executionArn", execution.arn())
                .put("stateMachineArn", execution.request().stateMachineArn())
                .put("name", execution.request().name())
                .time("startDate", execution.startDate())
                .time("stopDate", stopped)
                .put("status", execution.status().name())
                .putIf("error", execution.error())
                .putIf("cause", execution.cause())
                .putIf("input", withData ? input : null)
                .put("inputDetails", Map.of("included", withData))
                .putIf("traceHeader", execution.request().traceHeader());
        output(answer, execution, withData);
        return answer.put(
                        "billingDetails",
                        Map.of(
                                "billedMemoryUsedInMB",
                                (long) BILLED_MEMORY_MEGABYTES,
                                "billedDurationInMilliseconds",
                                billed))
                .map();
    }

    private static void output(JsonAnswer answer, Execution execution, boolean withData) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            answer.putIf("output", withData ? Json.print(execution.output()) : null)
                    .put("outputDetails", Map.of("included", withData));
        }
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var withData = !"METADATA_ONLY".equals(input.text("includedData"));
        if (withData) {
            requireDecrypt(arn.text(), call);
        }
        var now = engine.scheduler().now();
        return describe(executions.find(arn.text()), executions.started(arn.text()), withData, now);
    }

    /// What DescribeExecution answers.
    static Map<String, @Nullable Object> describe(
            Execution execution, @Nullable StartedExecution started, boolean withData, Instant now) {
        var request = execution.request();
        var input = started == null ? Json.print(request.input()) : started.input();
        var answer = new JsonAnswer()
                .put("executionArn", execution.arn())
                .put("stateMachineArn", request.stateMachineArn())
                .put("name", request.name())
                .put("status", execution.status().name())
                .time("startDate", execution.startDate())
                .time("stopDate", execution.stopDate())
                .putIf("input", withData ? input : null)
                .put("inputDetails", Map.of("included", withData));
        output(answer, execution, withData);
        answer.putIf("traceHeader", request.traceHeader())
                .putIf("mapRunArn", execution.mapRunArn())
                .putIf("error", execution.error())
                .putIf("cause", execution.cause())
                .putIf("stateMachineVersionArn", request.stateMachineVersionArn())
                .putIf("stateMachineAliasArn", request.stateMachineAliasArn());
        redrive(answer, execution, now);
        return answer.map();
    }

    private static void redrive(JsonAnswer answer, Execution execution, Instant now) {
        answer.put("redriveCount", (long) execution.redriveCount()).time("redriveDate", execution.redriveDate());
        var refusal = Redrives.refusal(execution, now);
        if (refusal != null) {
            answer.put("redriveStatus", "NOT_REDRIVABLE").put("redriveStatusReason", refusal);
        } else {
            answer.put("redriveStatus", execution.mapRunArn() != null ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE");
        }
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var status = input.text("statusFilter");
        var redriven = input.text("redriveFilter");
        if (input.text("stateMachineArn") != null) {
            if (input.text("mapRunArn") != null) {
                throw StatesErrors.validation("Only one of stateMachineArn and mapRunArn may be specified");
            }
            if ("PENDING_REDRIVE".equals(status)) {
                throw StatesErrors.validation("The statusFilter PENDING_REDRIVE needs a mapRunArn");
            }
        }
        var all = listed(input, call).stream()
                .filter(execution -> status == null || execution.status().name().equals(status))
                .filter(execution -> redriven == null || redriven.equals("REDRIVEN") == execution.redriveCount() > 0)
                .sorted(Comparator.comparing(ExecutionActions::lastChange).reversed())
                .toList();
        return StatesErrors.PAGES.answer(input, "executions", all, Execution::arn, ExecutionActions::row);
    }

    private static Instant lastChange(Execution execution) {
        var stopped = execution.stopDate();
        if (stopped != null) {
            return stopped;
        }
        var redriven = execution.redriveDate();
        return redriven == null ? execution.startDate() : redriven;
    }

    private List<Execution> listed(ApiInput input, ApiCall call) {
        var mapRunArn = input.text("mapRunArn");
        if (mapRunArn != null) {
            call.require(mapRunArn);
            StatesArn.parse(mapRunArn, "mapRun");
            return engine.mapRun(mapRunArn)
                    .orElseThrow(() -> StatesErrors.noResource(mapRunArn))
                    .executions();
        }
        var arn = StatesArn.parse(input.require("stateMachineArn"), "stateMachine");
        call.require(arn.unqualified(), arn.keys());
        var machine = machines.get(arn);
        if (machine.type() == StateMachineType.EXPRESS) {
            throw StatesErrors.wrongType();
        }
        return executions.of(machine.arn()).stream()
                .filter(execution -> arn.qualifier().isEmpty()
                        || arn.text().equals(execution.request().stateMachineVersionArn())
                        || arn.text().equals(execution.request().stateMachineAliasArn()))
                .toList();
    }

    private static Map<String, @Nullable Object> row(Execution execution) {
        var request = execution.request();
        return new JsonAnswer()
                .put("executionArn", execution.arn())
                .put("stateMachineArn", request.stateMachineArn())
                .put("name", request.name())
                .put("status", execution.status().name())
                .time("startDate", execution.startDate())
                .time("stopDate", execution.stopDate())
                .putIf("mapRunArn", execution.mapRunArn())
                .putIf("stateMachineVersionArn", request.stateMachineVersionArn())
                .putIf("stateMachineAliasArn", request.stateMachineAliasArn())
                .put("redriveCount", (long) execution.redriveCount())
                .time("redriveDate", execution.redriveDate())
                .map();
    }

    private Map<String, @Nullable Object> stop(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var error = input.text("error");
        var cause = input.text("cause");
        var execution = executions.find(arn.text());
        engine.stop(arn.text(), error, cause);
        var stopped = execution.stopDate();
        return new JsonAnswer()
                .time("stopDate", stopped == null ? engine.scheduler().now() : stopped)
                .map();
    }

    private Map<String, @Nullable Object> redrive(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var execution = executions.find(arn.text());
        var now = engine.scheduler().now();
        var date = redrives.redrive(arn.text(), input.text("clientToken"), now, () -> redrive(execution, now));
        return new JsonAnswer().time("redriveDate", date).map();
    }

    private Instant redrive(Execution execution, Instant now) {
        var refusal = Redrives.refusal(execution, now);
        if (refusal != null) {
            throw StatesErrors.notRedrivable(refusal);
        }
        var started = executions.started(execution.arn());
        if (started != null && started.machine().isDeleting()) {
            throw StatesErrors.notRedrivable(
                    "State machine is deleted: " + started.machine().arn());
        }
        try {
            var redriven = engine.redrive(execution.arn()).redriveDate();
            return redriven == null ? now : redriven;
        } catch (IllegalStateException e) {
            throw StatesErrors.notRedrivable(String.valueOf(e.getMessage()));
        }
    }

    /// Inputs, outputs and events are under the key that the machine had when the execution began.
    private void requireDecrypt(String execution, ApiCall call) {
        var started = executions.started(execution);
        if (started != null) {
            keys.requireDecrypt(
                    started.revision().encryption(), started.machine().arn(), call);
        }
    }

    private Map<String, @Nullable Object> history(ApiInput input, ApiCall call) {
        var arn = StatesArn.parse(input.require("executionArn"), "execution");
        call.require(arn.text());
        var withData = input.flag("includeExecutionData", true);
        var events = executions.find(arn.text()).history();
        if (withData) {
            requireDecrypt(arn.text(), call);
        }
        return StatesErrors.PAGES.answer(
                input,
                "events",
                input.flag("reverseOrder") ? events.reversed() : events,
                event -> Long.toString(event.id()),
                event -> event.toApi(withData));
    }
}
