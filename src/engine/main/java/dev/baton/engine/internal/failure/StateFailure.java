package dev.baton.engine.internal.failure;

import org.jspecify.annotations.Nullable;

/// Why a state failed. Thrown where the failure is found and handled by the flow that runs the state, which knows the
/// state's retriers and catchers. It has no trace: states fail often and nobody reads it.
public final class StateFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The kinds of failures, by what the service makes of them.
    public enum Kind {
        /// A failure with error and cause as somebody reported them.
        REPORTED,
        /// The state could not be run; the cause names the state.
        RAISED,
        /// A query failed; as [#RAISED], and the history tells of it on its own.
        EVALUATION,
        /// A value that a query gave and the state cannot use; as [#EVALUATION].
        VALUE
    }

    private final Kind kind;
    private final @Nullable String error;
    private final @Nullable String detail;
    private final @Nullable String location;
    private final boolean heartbeat;

    private StateFailure(Kind kind, @Nullable String error, @Nullable String detail, @Nullable String location) {
        this(kind, error, detail, location, false);
    }

    private StateFailure(
            Kind kind, @Nullable String error, @Nullable String detail, @Nullable String location, boolean heartbeat) {
        super(detail, null, false, false);
        this.kind = kind;
        this.error = error;
        this.detail = detail;
        this.location = location;
        this.heartbeat = heartbeat;
    }

    public static StateFailure reported(@Nullable String error, @Nullable String cause) {
        return new StateFailure(Kind.REPORTED, error, cause, null);
    }

    /// The state cannot be run with this data (`States.Runtime`), which nothing catches.
    public static StateFailure runtime(String detail) {
        return new StateFailure(Kind.RAISED, ErrorNames.RUNTIME, detail, null);
    }

    /// No rule of a Choice state matched, and it has no default. The specification names this
    /// `States.NoChoiceMatched`; the service reports it as what nothing catches.
    public static StateFailure noChoiceMatched() {
        return runtime("Failed to transition out of the state. The state does not point to a next state.");
    }

    public static StateFailure raised(String error, String detail) {
        return new StateFailure(Kind.RAISED, error, detail, null);
    }

    /// A query of JSONata failed (`States.QueryEvaluationError`).
    ///
    /// @param location the field, such as `Output/result`, or null where no field is to blame
    public static StateFailure evaluation(@Nullable String location, String detail) {
        return new StateFailure(Kind.EVALUATION, ErrorNames.QUERY_EVALUATION_ERROR, detail, location);
    }

    /// A query of JSONata gave what the state cannot use, such as a time that is none.
    public static StateFailure unusable(String location, String detail) {
        return new StateFailure(Kind.VALUE, ErrorNames.QUERY_EVALUATION_ERROR, detail, location);
    }

    /// A result that exceeds the payload limit.
    ///
    /// @param what the state's name, or the resource that gave the result
    public static StateFailure tooLarge(String what) {
        return reported(
                ErrorNames.DATA_LIMIT_EXCEEDED,
                "The state/task '" + what
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /// Variables that exceed a limit of theirs.
    public static StateFailure variablesTooLarge(String which, long most) {
        return raised(ErrorNames.DATA_LIMIT_EXCEEDED, which + " exceed " + most + " bytes.");
    }

    /// A task took longer than it may.
    public static StateFailure timeout() {
        return reported(ErrorNames.TIMEOUT, null);
    }

    /// A task gave no sign of life for too long; the service calls it a timeout, and catchers may tell it apart.
    public static StateFailure heartbeatTimeout() {
        return new StateFailure(Kind.REPORTED, ErrorNames.TIMEOUT, null, null, true);
    }

    public boolean isHeartbeat() {
        return heartbeat;
    }

    /// Whether it ends the execution whatever the states catch.
    public boolean isFatal() {
        return kind == Kind.RAISED && ErrorNames.RUNTIME.equals(error);
    }

    public Kind kind() {
        return kind;
    }

    /// Whether the history tells of a query that failed.
    public boolean isOfQuery() {
        return kind == Kind.EVALUATION || kind == Kind.VALUE;
    }

    public @Nullable String error() {
        return error;
    }

    public @Nullable String location() {
        return location;
    }

    /// The cause, as the service words it.
    ///
    /// @param enteredId the id of the event with which the state was entered
    public @Nullable String cause(String state, int enteredId) {
        return switch (kind) {
            case REPORTED -> detail;
            case RAISED, EVALUATION, VALUE ->
                "An error occurred while executing the state '" + state + "' (entered at the event id #" + enteredId
                        + "). " + detail;
        };
    }
}
