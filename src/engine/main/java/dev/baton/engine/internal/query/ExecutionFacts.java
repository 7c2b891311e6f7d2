package dev.baton.engine.internal.query;

import dev.baton.engine.ExecutionRequest;
import dev.baton.engine.ExecutionType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every context object of an execution says about the execution and its state machine. A redrive replaces the
/// values and never changes them, since the history may share them.
public final class ExecutionFacts {
    private final ExecutionRequest request;
    private final Instant startDate;
    private final Map<String, @Nullable Object> stateMachine;
    private Map<String, @Nullable Object> execution;

    public ExecutionFacts(ExecutionRequest request, Instant startDate) {
        this.request = request;
        this.startDate = startDate;
        this.execution = execution(0, null);
        var arn = request.stateMachineArn();
        var machine = new LinkedHashMap<String, @Nullable Object>();
        machine.put("Id", arn);
        machine.put("Name", arn.substring(arn.lastIndexOf(':') + 1));
        this.stateMachine = machine;
    }

    public void redriven(int count, Instant date) {
        execution = execution(count, date);
    }

    /// The value of `Execution`.
    Map<String, @Nullable Object> execution() {
        return execution;
    }

    /// The value of `StateMachine`.
    Map<String, @Nullable Object> stateMachine() {
        return stateMachine;
    }

    private Map<String, @Nullable Object> execution(int redriveCount, @Nullable Instant redriveDate) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("Id", request.executionArn());
        facts.put("Input", request.input());
        facts.put("StartTime", Timestamps.text(startDate.toEpochMilli()));
        facts.put("Name", request.name());
        if (request.roleArn() != null) {
            facts.put("RoleArn", request.roleArn());
        }
        if (request.type() == ExecutionType.STANDARD) {
            // Only those can be redriven.
            facts.put("RedriveCount", (long) redriveCount);
        }
        if (redriveDate != null) {
            facts.put("RedriveTime", Timestamps.text(redriveDate.toEpochMilli()));
        }
        return facts;
    }
}
