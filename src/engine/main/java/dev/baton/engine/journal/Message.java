package dev.baton.engine.journal;

import org.jspecify.annotations.Nullable;

/// What an execution, or something that it waits for, is told.
///
/// @param value a JSON value, as its kind says
public record Message(
        Kind kind,
        @Nullable Object value,
        @Nullable String error,
        @Nullable String cause) {

    /// What a message is about. The names stand in journals.
    public enum Kind {
        /// An execution begins.
        BEGIN,
        /// An execution is stopped, with error and cause.
        STOP,
        /// An execution is stopped where it would enter its next state.
        STOP_NEXT,
        /// An execution is redriven; the value is when, in milliseconds since 1970.
        REDRIVE,
        /// A moment has come.
        RING,
        /// A worker took the task; the value is its name.
        STARTED,
        /// The service took the request; the value is its answer.
        SUBMITTED,
        HEARTBEAT,
        SUCCESS,
        FAILURE,
        /// Success by a task token.
        TOKEN_SUCCESS,
        /// Failure by a task token.
        TOKEN_FAILURE,
        /// The items of a Map Run were read.
        ITEMS,
        /// A Map Run fails, with error and cause.
        MAP_RUN_FAILED,
        /// A child of a Map Run has closed; the value is its ARN.
        CHILD_CLOSED,
        /// The results of a Map Run were written; the value tells where.
        WRITTEN,
        /// A Map Run is changed: a list of concurrency, percentage and count.
        UPDATE
    }

    public static Message of(Kind kind) {
        return new Message(kind, null, null, null);
    }

    public static Message of(Kind kind, @Nullable Object value) {
        return new Message(kind, value, null, null);
    }

    public static Message failure(Kind kind, @Nullable String error, @Nullable String cause) {
        return new Message(kind, null, error, cause);
    }
}
