package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The executions that can be redriven, and the tokens by which a repeated call is known.
///
/// See [RedriveExecution](https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html).
final class Redrives {
    private static final Duration PERIOD = Duration.ofDays(14);
    private static final Duration LONGEST_EXECUTION = Duration.ofDays(365);
    private static final int MOST_EVENTS = 24_999;
    private static final int TOKENS = 10;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    /// By the execution's ARN: what its last tokens brought.
    private final Map<String, Map<String, Instant>> redriven = new ConcurrentHashMap<>();

    /// Why an execution cannot be redriven, in the service's words, or null where it can.
    static @Nullable String refusal(Execution execution, Instant now) {
        var stopped = execution.stopDate();
        if (execution.status() == ExecutionStatus.SUCCEEDED || stopped == null) {
            return "Execution is " + execution.status().name() + " and cannot be redriven";
        }
        if (execution.startDate().plus(LONGEST_EXECUTION).isBefore(now)) {
            return "Execution has exceeded the max execution time";
        }
        if (stopped.plus(PERIOD).isBefore(now)) {
            return "Execution redrivable period exceeded";
        }
        if (execution.request().type() == ExecutionType.STANDARD
                && execution.history().size() >= MOST_EVENTS) {
            return "Execution history event limit exceeded";
        }
        return null;
    }

    /// The date of the redrive, of one before where its token comes again.
    Instant redrive(String executionArn, @Nullable String token, Instant now, Supplier<Instant> redrive) {
        if (token == null) {
            return redrive.get();
        }
        var tokens = redriven.computeIfAbsent(executionArn, arn -> new LinkedHashMap<>());
        synchronized (tokens) {
            var before = tokens.get(token);
            if (before != null && before.plus(TOKEN_LIFE).isAfter(now)) {
                return before;
            }
            var date = redrive.get();
            tokens.put(token, date);
            if (tokens.size() > TOKENS) {
                tokens.remove(tokens.keySet().iterator().next());
            }
            return date;
        }
    }
}
