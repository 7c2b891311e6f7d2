package dev.baton.graph;

import dev.baton.task.Approval;
import dev.baton.task.Compute;
import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.Retries;
import dev.baton.task.Timeout;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The declarations of a task's class: what annotations say of a task's class, with the defaults filled in.
///
/// @param intent what it is for
/// @param owner the team
/// @param retries how it is tried again
/// @param timeout of one attempt
/// @param compute what it runs on
/// @param approval that it needs before it runs, where policies about people hold
public record Declarations(
        String intent,
        Optional<String> owner,
        Retrying retries,
        Duration timeout,
        Computing compute,
        Optional<ApprovalTerms> approval) {
    /// The longest that a Lambda function may take.
    public static final Duration LAMBDA_LIMIT = Duration.ofMinutes(15);

    /// The retries of a task.
    ///
    /// @param maxAttempts attempts after the first, 0 to 99
    /// @param intervalSeconds before the second attempt
    /// @param backoffRate from 1.0
    /// @param maxDelaySeconds no wait is longer; 0 means no bound
    public record Retrying(int maxAttempts, int intervalSeconds, double backoffRate, int maxDelaySeconds) {
        /// Without [Retries].
        public static final Retrying DEFAULT = new Retrying(3, 2, 2.0, 60);
    }

    /// The machine that a task runs on.
    ///
    /// @param platform where
    /// @param memoryMegabytes how much
    /// @param milliCpu thousandths of a CPU, on Fargate
    public record Computing(Compute.Platform platform, int memoryMegabytes, int milliCpu) {
        /// Without [Compute].
        public static final Computing DEFAULT = new Computing(Compute.Platform.LAMBDA, 1_024, 1_000);
    }

    /// The terms of an approval.
    ///
    /// @param by the team that is asked
    /// @param within how long; zero where it is none (TSK111)
    /// @param quorum how many different people have to approve
    /// @param why it is needed
    public record ApprovalTerms(String by, Duration within, int quorum, String why) {
        private static ApprovalTerms of(Approval approval) {
            return new ApprovalTerms(approval.by(), within(approval.within()), approval.quorum(), approval.why());
        }

        private static Duration within(String text) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                return Duration.ZERO;
            }
        }
    }

    /// What a class declares; an intent that is missing (TSK001) is empty.
    public static Declarations of(Class<?> type) {
        var intent = type.getAnnotation(Intent.class);
        var owner = type.getAnnotation(Owner.class);
        return new Declarations(
                intent == null ? "" : intent.value(),
                owner == null ? Optional.empty() : Optional.of(owner.value()),
                retrying(type.getAnnotation(Retries.class)),
                timeout(type.getAnnotation(Timeout.class)),
                computing(type.getAnnotation(Compute.class)),
                Optional.ofNullable(type.getAnnotation(Approval.class)).map(ApprovalTerms::of));
    }

    private static Retrying retrying(@Nullable Retries retries) {
        return retries == null
                ? Retrying.DEFAULT
                : new Retrying(
                        retries.value(), retries.intervalSeconds(), retries.backoffRate(), retries.maxDelaySeconds());
    }

    private static Duration timeout(@Nullable Timeout timeout) {
        return timeout == null
                ? LAMBDA_LIMIT
                : Duration.ofHours(timeout.hours())
                        .plusMinutes(timeout.minutes())
                        .plusSeconds(timeout.seconds());
    }

    private static Computing computing(@Nullable Compute compute) {
        return compute == null ? Computing.DEFAULT : new Computing(compute.on(), compute.memory(), compute.milliCpu());
    }
}
