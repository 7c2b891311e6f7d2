package dev.baton.local.ssm;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run of a runbook. It ends once.
final class Automation {
    private final String id;
    private final String document;
    private final String executedBy;
    private final Map<String, List<String>> parameters;
    private final Instant startedAt;
    private String status = "InProgress";
    private @Nullable Instant endedAt;
    private @Nullable String failure;
    private Map<String, List<String>> outputs = Map.of();
    private @Nullable Thread thread;

    Automation(String id, String document, String executedBy, Map<String, List<String>> parameters, Instant startedAt) {
        this.id = id;
        this.document = document;
        this.executedBy = executedBy;
        this.parameters = Map.copyOf(parameters);
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    boolean isSame(String otherDocument, Map<String, List<String>> otherParameters) {
        return document.equals(otherDocument) && parameters.equals(otherParameters);
    }

    synchronized void on(Thread running) {
        thread = running;
    }

    synchronized void end(String how, @Nullable String why, Map<String, List<String>> made, Instant now) {
        if (endedAt == null) {
            status = how;
            failure = why;
            outputs = Map.copyOf(made);
            endedAt = now;
        }
    }

    void cancel(Instant now) {
        end("Cancelled", null, Map.of(), now);
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    synchronized Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("AutomationExecutionId", id);
        json.put("AutomationExecutionStatus", status);
        json.put("DocumentName", document);
        json.put("DocumentVersion", "1");
        json.put("ExecutedBy", executedBy);
        if (endedAt != null) {
            json.put("ExecutionEndTime", endedAt.toEpochMilli() / 1000.0);
        }
        json.put("ExecutionStartTime", startedAt.toEpochMilli() / 1000.0);
        if (failure != null) {
            json.put("FailureMessage", failure);
        }
        json.put("Mode", "Auto");
        json.put("Outputs", outputs);
        json.put("Parameters", parameters);
        json.put("StepExecutions", List.of());
        json.put("StepExecutionsTruncated", false);
        return json;
    }
}
