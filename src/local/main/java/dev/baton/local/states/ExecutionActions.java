package dev.baton.local.states;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The actions on executions.
final class ExecutionActions {
    private static final Set<String> STATUSES =
            Set.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING");
    private static final int BILLED_MEMORY_MEGABYTES = 64;
    private static final int BILLED_STEP_MILLIS = 100;

    /// What the error and the cause of an execution or a task have at most, in characters.
    static final int LONGEST_ERROR = 256;

    static final int LONGEST_CAUSE = 32_768;

    private final StepFunctions states;
    private final Machines machines;
    private final Executions executions;
    private final Engine engine;
    private final Authorizer authorizer;
    private final Redrives redrives = new Redrives();

    ExecutionActions(
            StepFunctions states, Machines machines, Executions executions, Engine engine, Authorizer authorizer) {
        this.states = states;
        this.machines = machines;
        this.executions = executions;
        this.engine = engine;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("StartExecution", this::start);
        actions.put("StartSyncExecution", this::startSync);
        actions.put("DescribeExecution", this::describe);
        actions.put("ListExecutions", this::list);
        actions.put("StopExecution", this::stop);
        actions.put("RedriveExecution", this::redrive);
        actions.put("GetExecutionHistory", this::history);
        return actions;
    }

    private void require(AwsRequest request, String action, String arn) {
        authorizer.require(request.caller(), "states:" + action, arn, request.context());
    }

    private void requireOnMachine(AwsRequest request, String action, StatesArn arn) {
        new MachineAccess(authorizer).require(request.caller(), action, arn, request.context());
    }

    private Map<String, @Nullable Object> start(Map<String, @Nullable Object> input, AwsRequest request) {
        var execution = states.start(
                request.caller(),
                StatesMembers.required(input, "stateMachineArn"),
                StatesMembers.text(input, "name"),
                StatesMembers.text(input, "input"),
                StatesMembers.text(input, "traceHeader"),
                request.context());
        return new StatesMembers()
                .put("executionArn", execution.arn())
                .time("startDate", execution.startDate())
                .map();
    }

    private Map<String, @Nullable Object> startSync(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "stateMachineArn"), "stateMachine");
        requireOnMachine(request, "StartSyncExecution", arn);
        var start = machines.start(arn);
        if (start.machine().type() != StateMachineType.EXPRESS) {
            throw StatesErrors.wrongType();
        }
        var name = StatesMembers.text(input, "name");
        var text = StatesMembers.text(input, "input");
        var execution = executions.express(
                start,
                name == null ? UUID.randomUUID().toString() : NameRules.check(name),
                Executions.parse(text),
                StatesMembers.text(input, "traceHeader"));
        var closed = closed(execution);
        var withData = !"METADATA_ONLY".equals(StatesMembers.text(input, "includedData"));
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
        var answer = new StatesMembers()
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

    private static void output(StatesMembers answer, Execution execution, boolean withData) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            answer.putIf("output", withData ? Json.print(execution.output()) : null)
                    .put("outputDetails", Map.of("included", withData));
        }
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        require(request, "DescribeExecution", arn.text());
        var withData = !"METADATA_ONLY".equals(StatesMembers.text(input, "includedData"));
        var now = engine.scheduler().now();
        return describe(executions.find(arn.text()), executions.started(arn.text()), withData, now);
    }

    /// What DescribeExecution answers.
    static Map<String, @Nullable Object> describe(
            Execution execution, @Nullable StartedExecution started, boolean withData, Instant now) {
        var request = execution.request();
        var input = started == null ? Json.print(request.input()) : started.input();
        var answer = new StatesMembers()
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

    private static void redrive(StatesMembers answer, Execution execution, Instant now) {
        answer.put("redriveCount", (long) execution.redriveCount()).time("redriveDate", execution.redriveDate());
        var refusal = Redrives.refusal(execution, now);
        if (refusal != null) {
            answer.put("redriveStatus", "NOT_REDRIVABLE").put("redriveStatusReason", refusal);
        } else {
            answer.put("redriveStatus", execution.mapRunArn() != null ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE");
        }
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        var page = TokenPage.of(input);
        var status = StatesMembers.text(input, "statusFilter");
        if (status != null && !STATUSES.contains(status)) {
            throw StatesErrors.constraint(
                    "'" + status + "'",
                    "statusFilter",
                    "satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
        }
        var redriven = StatesMembers.word(input, "redriveFilter", "REDRIVEN", "NOT_REDRIVEN");
        if (StatesMembers.text(input, "stateMachineArn") != null) {
            if (StatesMembers.text(input, "mapRunArn") != null) {
                throw StatesErrors.validation("Only one of stateMachineArn and mapRunArn may be specified");
            }
            if ("PENDING_REDRIVE".equals(status)) {
                throw StatesErrors.validation("The statusFilter PENDING_REDRIVE needs a mapRunArn");
            }
        }
        var all = listed(input, request).stream()
                .filter(execution -> status == null || execution.status().name().equals(status))
                .filter(execution -> redriven == null || redriven.equals("REDRIVEN") == execution.redriveCount() > 0)
                .sorted(Comparator.comparing(ExecutionActions::lastChange).reversed())
                .toList();
        return page.answer("executions", all, ExecutionActions::row);
    }

    private static Instant lastChange(Execution execution) {
        var stopped = execution.stopDate();
        if (stopped != null) {
            return stopped;
        }
        var redriven = execution.redriveDate();
        return redriven == null ? execution.startDate() : redriven;
    }

    private List<Execution> listed(Map<String, @Nullable Object> input, AwsRequest request) {
        var mapRunArn = StatesMembers.text(input, "mapRunArn");
        if (mapRunArn != null) {
            require(request, "ListExecutions", mapRunArn);
            StatesArn.parse(mapRunArn, "mapRun");
            return engine.mapRun(mapRunArn)
                    .orElseThrow(() -> StatesErrors.noResource(mapRunArn))
                    .executions();
        }
        var arn = StatesArn.parse(StatesMembers.required(input, "stateMachineArn"), "stateMachine");
        requireOnMachine(request, "ListExecutions", arn);
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
        return new StatesMembers()
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

    private Map<String, @Nullable Object> stop(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        require(request, "StopExecution", arn.text());
        var error = StatesMembers.text(input, "error", LONGEST_ERROR);
        var cause = StatesMembers.text(input, "cause", LONGEST_CAUSE);
        var execution = executions.find(arn.text());
        engine.stop(arn.text(), error, cause);
        var stopped = execution.stopDate();
        return new StatesMembers()
                .time("stopDate", stopped == null ? engine.scheduler().now() : stopped)
                .map();
    }

    private Map<String, @Nullable Object> redrive(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        require(request, "RedriveExecution", arn.text());
        var execution = executions.find(arn.text());
        var now = engine.scheduler().now();
        var date = redrives.redrive(
                arn.text(), StatesMembers.text(input, "clientToken"), now, () -> redrive(execution, now));
        return new StatesMembers().time("redriveDate", date).map();
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

    private Map<String, @Nullable Object> history(Map<String, @Nullable Object> input, AwsRequest request) {
        var arn = StatesArn.parse(StatesMembers.required(input, "executionArn"), "execution");
        require(request, "GetExecutionHistory", arn.text());
        var page = TokenPage.of(input);
        var withData = StatesMembers.flag(input, "includeExecutionData", true);
        var events = executions.find(arn.text()).history();
        return page.answer(
                "events",
                StatesMembers.flag(input, "reverseOrder", false) ? events.reversed() : events,
                event -> event.toApi(withData));
    }
}
