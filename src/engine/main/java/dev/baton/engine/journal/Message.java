package dev.baton.engine.journal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message to an execution, or to something that it waits for. Journals have it as a [MessageForm].
public sealed interface Message {

    /// A message to an execution itself.
    sealed interface ToExecution extends Message {
        record Begin() implements ToExecution {}

        /// It is stopped.
        record Stop(@Nullable String error, @Nullable String cause) implements ToExecution {}

        /// It is stopped where it would enter its next state.
        record StopNext() implements ToExecution {}

        /// It is redriven.
        ///
        /// @param epochMillis when
        record Redrive(long epochMillis) implements ToExecution {}
    }

    /// A message to an attempt of a Task state.
    sealed interface ToAttempt extends Message {
        /// A worker took the task.
        record Started(@Nullable String workerName) implements ToAttempt {}

        /// The service took the request.
        ///
        /// @param output its answer
        record Submitted(@Nullable Object output) implements ToAttempt {}

        record Heartbeat() implements ToAttempt {}

        record Succeeded(@Nullable Object output) implements ToAttempt {}

        record Failed(@Nullable String error, @Nullable String cause) implements ToAttempt {}

        record SucceededByToken(@Nullable Object output) implements ToAttempt {}

        record FailedByToken(
                @Nullable String error, @Nullable String cause) implements ToAttempt {}
    }

    /// A message to a Map Run.
    sealed interface ToMapRun extends Message {
        /// Items were read.
        ///
        /// @param items as a JSON value
        record ItemsRead(Map<?, ?> items) implements ToMapRun {}

        /// Its items cannot be read, or its results not written, or it may not run.
        record Failed(@Nullable String error, @Nullable String cause) implements ToMapRun {}

        record ChildClosed(String executionArn) implements ToMapRun {}

        /// A file of several results was written while children run.
        ///
        /// @param number of the file
        record PartWritten(int number) implements ToMapRun {}

        /// All results were written.
        ///
        /// @param result what the Map state has as its result: where they are
        record ResultsWritten(Map<?, ?> result) implements ToMapRun {}

        /// Its bounds are changed; null leaves as it is.
        record Update(
                @Nullable Long maxConcurrency,
                @Nullable Double toleratedFailurePercentage,
                @Nullable Long toleratedFailureCount)
                implements ToMapRun {}
    }

    /// A message to an alarm.
    sealed interface ToTimer extends Message {
        /// Its moment has come.
        record Ring() implements ToTimer {}
    }
}
