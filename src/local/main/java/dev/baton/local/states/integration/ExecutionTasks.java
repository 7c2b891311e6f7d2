package dev.baton.local.states.integration;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.task.IntegrationPattern;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Executions that a state starts, and with `.sync` waits for.
///
/// See [Start workflow executions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html).
record ExecutionTasks(Supplier<Integrations.Nested> nested, Scheduler scheduler) {
    void start(
            Caller caller,
            Map<String, @Nullable Object> parameters,
            IntegrationPattern pattern,
            TaskCompletion completion)
            throws TaskFailure {
        var execution = start(caller, parameters);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ExecutionArn", execution.arn());
        SdkMetadata.addTo(answer, "application/x-amz-json-1.0", 160, scheduler.now(), Map.of());
        answer.put("StartDate", execution.startDate().toEpochMilli());
        switch (pattern) {
            case REQUEST_RESPONSE -> completion.success(answer);
            case WAIT_FOR_TASK_TOKEN -> completion.submitted(answer);
            case SYNC, SYNC_2 -> {
                completion.submitted(answer);
                await(caller, execution, pattern, completion);
            }
        }
    }

    /// Completes the task when the execution closes.
    void await(Caller caller, Execution execution, IntegrationPattern pattern, TaskCompletion completion) {
        completion.onCancel(() -> stop(caller, execution));
        execution
                .closed()
                .thenAccept(closed -> complete(caller, closed, pattern == IntegrationPattern.SYNC_2, completion));
    }

    @Nullable
    Execution find(String executionArn) {
        return nested.get().find(executionArn);
    }

    private Execution start(Caller caller, Map<String, @Nullable Object> parameters) throws TaskFailure {
        var input = parameters.get("Input");
        var name = parameters.get("Name") instanceof String text ? text : null;
        try {
            return nested.get()
                    .start(
                            caller,
                            String.valueOf(parameters.get("StateMachineArn")),
                            name,
                            input == null ? null : input instanceof String text ? text : Json.print(input),
                            RequestContext.EMPTY);
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("StepFunctions", "AWSStepFunctions", e);
        }
    }

    private void stop(Caller caller, Execution execution) {
        try {
            nested.get().stop(caller, execution.arn(), RequestContext.EMPTY);
        } catch (AccessDenied e) {
            // As in the account: a role without states:StopExecution leaves its child running.
        }
    }

    private void complete(Caller caller, Execution execution, boolean parsed, TaskCompletion completion) {
        Map<String, @Nullable Object> described;
        try {
            described = nested.get().describe(caller, execution, RequestContext.EMPTY);
        } catch (AccessDenied e) {
            var failure = TaskFailure.optimised("StepFunctions", "AWSStepFunctions", e);
            completion.failure(failure.error(), failure.getMessage());
            return;
        }
        var description = new TreeMap<String, @Nullable Object>();
        described.forEach((name, value) -> {
            var upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            description.put(upper, value(upper, value, parsed));
        });
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            completion.success(description);
        } else {
            completion.failure("States.TaskFailed", Json.print(description));
        }
    }

    private static @Nullable Object value(String name, @Nullable Object value, boolean parsed) {
        return switch (name) {
            case "StartDate", "StopDate", "RedriveDate" ->
                value instanceof Number seconds ? (Object) Math.round(seconds.doubleValue() * 1000) : value;
            case "InputDetails", "OutputDetails" -> Map.of("Included", true);
            case "Input", "Output" -> parsed && value instanceof String text ? Json.parse(text) : value;
            default -> value;
        };
    }
}
