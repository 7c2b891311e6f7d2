package dev.baton.engine.journal;

import dev.baton.engine.journal.Message.ToAttempt;
import dev.baton.engine.journal.Message.ToExecution;
import dev.baton.engine.journal.Message.ToMapRun;
import dev.baton.engine.journal.Message.ToTimer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message as it stands in journals: the same for all messages, and for all releases.
///
/// @param kind its name
/// @param value a JSON value, as the kind has it
public record MessageForm(
        String kind,
        @Nullable Object value,
        @Nullable String error,
        @Nullable String cause) {
    /// The kind of [ToExecution.Redrive].
    public static final String REDRIVE = "REDRIVE";

    /// In what tells of a part of the results that is written: its number.
    private static final String PART = "Part";

    private static MessageForm of(String kind, @Nullable Object value) {
        return new MessageForm(kind, value, null, null);
    }

    public static MessageForm of(Message message) {
        return switch (message) {
            case ToExecution.Begin() -> of("BEGIN", null);
            case ToExecution.Stop(String error, String cause) -> new MessageForm("STOP", null, error, cause);
            case ToExecution.StopNext() -> of("STOP_NEXT", null);
            case ToExecution.Redrive(long epochMillis) -> of(REDRIVE, epochMillis);
            case ToTimer.Ring() -> of("RING", null);
            case ToAttempt.Started(String workerName) -> of("STARTED", workerName);
            case ToAttempt.Submitted(Object output) -> of("SUBMITTED", output);
            case ToAttempt.Heartbeat() -> of("HEARTBEAT", null);
            case ToAttempt.Succeeded(Object output) -> of("SUCCESS", output);
            case ToAttempt.Failed(String error, String cause) -> new MessageForm("FAILURE", null, error, cause);
            case ToAttempt.SucceededByToken(Object output) -> of("TOKEN_SUCCESS", output);
            case ToAttempt.FailedByToken(String error, String cause) ->
                new MessageForm("TOKEN_FAILURE", null, error, cause);
            case ToMapRun.ItemsRead(Map<?, ?> items) -> of("ITEMS", items);
            case ToMapRun.Failed(String error, String cause) -> new MessageForm("MAP_RUN_FAILED", null, error, cause);
            case ToMapRun.ChildClosed(String executionArn) -> of("CHILD_CLOSED", executionArn);
            case ToMapRun.PartWritten(int number) -> of("WRITTEN", Map.of(PART, (long) number));
            case ToMapRun.ResultsWritten(Map<?, ?> result) -> of("WRITTEN", result);
            case ToMapRun.Update(Long concurrency, Double percentage, Long count) ->
                of("UPDATE", Arrays.asList(concurrency, percentage, count));
        };
    }

    /// @throws IllegalArgumentException when no release of the engine has such a message
    public Message message() {
        return switch (kind) {
            case "BEGIN" -> new ToExecution.Begin();
            case "STOP" -> new ToExecution.Stop(error, cause);
            case "STOP_NEXT" -> new ToExecution.StopNext();
            case REDRIVE -> new ToExecution.Redrive(((Number) present()).longValue());
            case "RING" -> new ToTimer.Ring();
            case "STARTED" -> new ToAttempt.Started((String) value);
            case "SUBMITTED" -> new ToAttempt.Submitted(value);
            case "HEARTBEAT" -> new ToAttempt.Heartbeat();
            case "SUCCESS" -> new ToAttempt.Succeeded(value);
            case "FAILURE" -> new ToAttempt.Failed(error, cause);
            case "TOKEN_SUCCESS" -> new ToAttempt.SucceededByToken(value);
            case "TOKEN_FAILURE" -> new ToAttempt.FailedByToken(error, cause);
            case "ITEMS" -> new ToMapRun.ItemsRead((Map<?, ?>) present());
            case "MAP_RUN_FAILED" -> new ToMapRun.Failed(error, cause);
            case "CHILD_CLOSED" -> new ToMapRun.ChildClosed((String) present());
            case "WRITTEN" -> {
                var what = (Map<?, ?>) present();
                yield what.get(PART) instanceof Number part
                        ? new ToMapRun.PartWritten(part.intValue())
                        : new ToMapRun.ResultsWritten(what);
            }
            case "UPDATE" -> {
                var bounds = (List<?>) present();
                yield new ToMapRun.Update(
                        bounds.get(0) instanceof Number concurrency ? (Long) concurrency.longValue() : null,
                        bounds.get(1) instanceof Number percentage ? (Double) percentage.doubleValue() : null,
                        bounds.get(2) instanceof Number count ? (Long) count.longValue() : null);
            }
            default -> throw new IllegalArgumentException("no message of a journal: " + kind);
        };
    }

    private Object present() {
        return Objects.requireNonNull(value, kind);
    }
}
