package dev.baton.engine.internal.execute;

import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.internal.query.ExecutionFacts;
import dev.baton.engine.internal.query.Timestamps;
import dev.baton.name.Arn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The facts of a request about its execution and its state machine, made when an expression asks: few do. A redrive
/// replaces the values and never changes them, since the history may share them.
final class RequestFacts implements ExecutionFacts {
    private final ExecutionRequest request;
    private final Instant startDate;
    private int redriveCount;
    private @Nullable Instant redriveDate;
    private @Nullable Map<String, @Nullable Object> stateMachine;
    private @Nullable Map<String, @Nullable Object> execution;

    RequestFacts(ExecutionRequest request, Instant startDate) {
        this.request = request;
        this.startDate = startDate;
    }

    void redriven(int count, Instant date) {
        redriveCount = count;
        redriveDate = date;
        execution = null;
    }

    @Override
    public Map<String, @Nullable Object> execution() {
        var made = execution;
        if (made == null) {
            made = made();
            execution = made;
        }
        return made;
    }

    @Override
    public Map<String, @Nullable Object> stateMachine() {
        var made = stateMachine;
        if (made == null) {
            var arn = request.stateMachineArn();
            made = new LinkedHashMap<>();
            made.put("Id", arn);
            made.put("Name", Arn.last(arn));
            stateMachine = made;
        }
        return made;
    }

    private Map<String, @Nullable Object> made() {
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
