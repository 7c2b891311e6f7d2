package dev.baton.engine.history;

/// The types of history events, in the names of the GetExecutionHistory API.
///
/// An execution never writes [#TaskStartFailed], [#LambdaFunctionScheduleFailed], [#LambdaFunctionStartFailed] and
/// [#ActivityScheduleFailed]. The API says of the first only that a task failed to start, not when that would be: a
/// call that the service it goes to refuses is recorded as [#TaskFailed], and one of `.sync` or `.waitForTaskToken` as
/// [#TaskSubmitFailed], both after [#TaskStarted].
public enum EventType {
    ActivityFailed("activityFailedEventDetails"),
    ActivityScheduled("activityScheduledEventDetails"),
    ActivityScheduleFailed("activityScheduleFailedEventDetails"),
    ActivityStarted("activityStartedEventDetails"),
    ActivitySucceeded("activitySucceededEventDetails"),
    ActivityTimedOut("activityTimedOutEventDetails"),
    ChoiceStateEntered("stateEnteredEventDetails"),
    ChoiceStateExited("stateExitedEventDetails"),
    EvaluationFailed("evaluationFailedEventDetails"),
    ExecutionAborted("executionAbortedEventDetails"),
    ExecutionFailed("executionFailedEventDetails"),
    ExecutionRedriven("executionRedrivenEventDetails"),
    ExecutionStarted("executionStartedEventDetails"),
    ExecutionSucceeded("executionSucceededEventDetails"),
    ExecutionTimedOut("executionTimedOutEventDetails"),
    FailStateEntered("stateEnteredEventDetails"),
    LambdaFunctionFailed("lambdaFunctionFailedEventDetails"),
    LambdaFunctionScheduled("lambdaFunctionScheduledEventDetails"),
    LambdaFunctionScheduleFailed("lambdaFunctionScheduleFailedEventDetails"),
    LambdaFunctionStarted(""),
    LambdaFunctionStartFailed("lambdaFunctionStartFailedEventDetails"),
    LambdaFunctionSucceeded("lambdaFunctionSucceededEventDetails"),
    LambdaFunctionTimedOut("lambdaFunctionTimedOutEventDetails"),
    MapIterationAborted("mapIterationAbortedEventDetails"),
    MapIterationFailed("mapIterationFailedEventDetails"),
    MapIterationStarted("mapIterationStartedEventDetails"),
    MapIterationSucceeded("mapIterationSucceededEventDetails"),
    MapRunAborted(""),
    MapRunFailed("mapRunFailedEventDetails"),
    MapRunRedriven("mapRunRedrivenEventDetails"),
    MapRunStarted("mapRunStartedEventDetails"),
    MapRunSucceeded(""),
    MapStateAborted(""),
    MapStateEntered("stateEnteredEventDetails"),
    MapStateExited("stateExitedEventDetails"),
    MapStateFailed(""),
    MapStateStarted("mapStateStartedEventDetails"),
    MapStateSucceeded(""),
    ParallelStateAborted(""),
    ParallelStateEntered("stateEnteredEventDetails"),
    ParallelStateExited("stateExitedEventDetails"),
    ParallelStateFailed(""),
    ParallelStateStarted(""),
    ParallelStateSucceeded(""),
    PassStateEntered("stateEnteredEventDetails"),
    PassStateExited("stateExitedEventDetails"),
    SucceedStateEntered("stateEnteredEventDetails"),
    SucceedStateExited("stateExitedEventDetails"),
    TaskFailed("taskFailedEventDetails"),
    TaskScheduled("taskScheduledEventDetails"),
    TaskStarted("taskStartedEventDetails"),
    TaskStartFailed("taskStartFailedEventDetails"),
    TaskStateAborted(""),
    TaskStateEntered("stateEnteredEventDetails"),
    TaskStateExited("stateExitedEventDetails"),
    TaskSubmitFailed("taskSubmitFailedEventDetails"),
    TaskSubmitted("taskSubmittedEventDetails"),
    TaskSucceeded("taskSucceededEventDetails"),
    TaskTimedOut("taskTimedOutEventDetails"),
    WaitStateAborted(""),
    WaitStateEntered("stateEnteredEventDetails"),
    WaitStateExited("stateExitedEventDetails");

    private final String detailsField;

    EventType(String detailsField) {
        this.detailsField = detailsField;
    }

    /// The member of the API's HistoryEvent that holds the details, empty where the type has none.
    public String detailsField() {
        return detailsField;
    }
}
