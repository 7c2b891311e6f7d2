package dev.baton.local.ssm;

import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
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
        return new JsonAnswer()
                .put("AutomationExecutionId", id)
                .put("AutomationExecutionStatus", status)
                .put("DocumentName", document)
                .put("DocumentVersion", "1")
                .put("ExecutedBy", executedBy)
                .time("ExecutionEndTime", endedAt)
                .time("ExecutionStartTime", startedAt)
                .putIf("FailureMessage", failure)
                .put("Mode", "Auto")
                .put("Outputs", outputs)
                .put("Parameters", parameters)
                .put("StepExecutions", List.of())
                .put("StepExecutionsTruncated", false)
                .map();
    }
}
