package dev.baton.engine.history;

import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes event details with the API's member names.
final class DetailsPrinter {
    private static final Map<String, @Nullable Object> NOT_TRUNCATED = Map.of("truncated", false);

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
    private final boolean withData;

    private DetailsPrinter(boolean withData) {
        this.withData = withData;
    }

    static Map<String, @Nullable Object> api(EventDetails details, boolean withData) {
        var printer = new DetailsPrinter(withData);
        printer.print(details);
        return printer.members;
    }

    private void print(EventDetails details) {
        switch (details) {
            case EventDetails.None none -> {}
            case EventDetails.ExecutionStarted started -> {
                payload("input", started.input());
                text("roleArn", started.roleArn());
                text("stateMachineAliasArn", started.stateMachineAliasArn());
                text("stateMachineVersionArn", started.stateMachineVersionArn());
            }
            case EventDetails.Output output -> payload("output", output.output());
            case EventDetails.Failure failure -> failure(failure.error(), failure.cause());
            case EventDetails.ExecutionRedriven redriven -> members.put("redriveCount", (long) redriven.redriveCount());
            case EventDetails.StateEntered entered -> {
                text("name", entered.name());
                payload("input", entered.input());
            }
            case EventDetails.StateExited exited -> {
                text("name", exited.name());
                payload("output", exited.output());
                assigned(exited.assignedVariables());
            }
            case EventDetails.EvaluationFailed failed -> {
                failure(failed.error(), failed.cause());
                text("location", failed.location());
                text("state", failed.state());
            }
            case EventDetails.MapIteration iteration -> {
                text("name", iteration.name());
                members.put("index", (long) iteration.index());
            }
            case EventDetails.MapStateStarted started -> members.put("length", (long) started.length());
            case EventDetails.MapRunStarted started -> text("mapRunArn", started.mapRunArn());
            case EventDetails.MapRunRedriven redriven -> {
                text("mapRunArn", redriven.mapRunArn());
                members.put("redriveCount", (long) redriven.redriveCount());
            }
            case EventDetails.WorkScheduled scheduled -> {
                text("resource", scheduled.resource());
                payload("input", scheduled.input());
                limits(scheduled.timeoutSeconds(), scheduled.heartbeatSeconds(), scheduled.roleArn());
            }
            case EventDetails.ActivityStarted started -> text("workerName", started.workerName());
            case EventDetails.TaskScheduled scheduled -> {
                text("resourceType", scheduled.resourceType());
                text("resource", scheduled.resource());
                text("region", scheduled.region());
                if (withData) {
                    text("parameters", Json.print(scheduled.parameters()));
                }
                limits(scheduled.timeoutSeconds(), scheduled.heartbeatSeconds(), scheduled.roleArn());
            }
            case EventDetails.TaskStarted started -> {
                text("resourceType", started.resourceType());
                text("resource", started.resource());
            }
            case EventDetails.TaskOutput output -> {
                text("resourceType", output.resourceType());
                text("resource", output.resource());
                payload("output", output.output());
            }
            case EventDetails.TaskFailure failure -> {
                text("resourceType", failure.resourceType());
                text("resource", failure.resource());
                failure(failure.error(), failure.cause());
            }
        }
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private void payload(String name, @Nullable Object value) {
        if (withData) {
            members.put(name, Json.print(value));
            members.put(name + "Details", NOT_TRUNCATED);
        }
    }

    private void assigned(@Nullable Map<String, @Nullable Object> variables) {
        if (variables == null || variables.isEmpty() || !withData) {
            return;
        }
        var texts = new LinkedHashMap<String, @Nullable Object>();
        variables.forEach((name, value) -> texts.put(name, Json.print(value)));
        members.put("assignedVariables", texts);
        members.put("assignedVariablesDetails", NOT_TRUNCATED);
    }

    private void failure(@Nullable String error, @Nullable String cause) {
        text("error", error);
        text("cause", cause);
    }

    private void limits(@Nullable Long timeoutSeconds, @Nullable Long heartbeatSeconds, @Nullable String roleArn) {
        if (timeoutSeconds != null) {
            members.put("timeoutInSeconds", timeoutSeconds);
        }
        if (heartbeatSeconds != null) {
            members.put("heartbeatInSeconds", heartbeatSeconds);
        }
        if (roleArn != null) {
            members.put("taskCredentials", Map.of("roleArn", roleArn));
        }
    }
}
