package dev.baton.engine.internal.execute;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.name.Arn;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The history of an attempt; each kind of resource has events of its own.
final class TaskEvents {
    private final BiConsumer<EventType, EventDetails> history;
    private final TaskStateInvocation invocation;
    private final TaskResource resource;

    /// @param history takes the events down
    TaskEvents(BiConsumer<EventType, EventDetails> history, TaskStateInvocation invocation) {
        this.history = history;
        this.invocation = invocation;
        this.resource = invocation.resource();
    }

    void scheduled() {
        switch (resource) {
            case TaskResource.Integration service ->
                history.accept(
                        EventType.TaskScheduled,
                        new EventDetails.TaskScheduled(
                                service.service(),
                                service.resource(),
                                region(),
                                invocation.parameters(),
                                invocation.timeoutSeconds(),
                                invocation.heartbeatSeconds(),
                                invocation.roleArn()));
            case TaskResource.Function function ->
                history.accept(EventType.LambdaFunctionScheduled, work(function.arn()));
            case TaskResource.Activity activity -> history.accept(EventType.ActivityScheduled, work(activity.arn()));
        }
    }

    private EventDetails work(String arn) {
        return new EventDetails.WorkScheduled(
                arn,
                invocation.parameters(),
                invocation.timeoutSeconds(),
                invocation.heartbeatSeconds(),
                invocation.roleArn());
    }

    private String region() {
        var arn = Arn.find(invocation.executionArn());
        return arn == null ? "" : arn.region();
    }

    void started(@Nullable String workerName) {
        switch (resource) {
            case TaskResource.Integration service ->
                history.accept(
                        EventType.TaskStarted, new EventDetails.TaskStarted(service.service(), service.resource()));
            case TaskResource.Function function ->
                history.accept(EventType.LambdaFunctionStarted, EventDetails.None.NONE);
            case TaskResource.Activity activity ->
                history.accept(EventType.ActivityStarted, new EventDetails.ActivityStarted(workerName));
        }
    }

    void submitted(@Nullable Object output) {
        if (resource instanceof TaskResource.Integration service) {
            history.accept(
                    EventType.TaskSubmitted,
                    new EventDetails.TaskOutput(service.service(), service.resource(), output));
        }
    }

    void succeeded(@Nullable Object output) {
        switch (resource) {
            case TaskResource.Integration service ->
                history.accept(
                        EventType.TaskSucceeded,
                        new EventDetails.TaskOutput(service.service(), service.resource(), output));
            case TaskResource.Function function ->
                history.accept(EventType.LambdaFunctionSucceeded, new EventDetails.Output(output));
            case TaskResource.Activity activity ->
                history.accept(EventType.ActivitySucceeded, new EventDetails.Output(output));
        }
    }

    /// The request that was to be submitted failed: there is nothing whose end to wait for.
    void submitFailed(@Nullable String error, @Nullable String cause) {
        record(EventType.TaskSubmitFailed, EventType.LambdaFunctionFailed, EventType.ActivityFailed, error, cause);
    }

    void failed(@Nullable String error, @Nullable String cause) {
        record(EventType.TaskFailed, EventType.LambdaFunctionFailed, EventType.ActivityFailed, error, cause);
    }

    void timedOut(@Nullable String error, @Nullable String cause) {
        record(EventType.TaskTimedOut, EventType.LambdaFunctionTimedOut, EventType.ActivityTimedOut, error, cause);
    }

    private void record(
            EventType ofService,
            EventType ofFunction,
            EventType ofActivity,
            @Nullable String error,
            @Nullable String cause) {
        switch (resource) {
            case TaskResource.Integration service ->
                history.accept(
                        ofService, new EventDetails.TaskFailure(service.service(), service.resource(), error, cause));
            case TaskResource.Function function -> history.accept(ofFunction, new EventDetails.Failure(error, cause));
            case TaskResource.Activity activity -> history.accept(ofActivity, new EventDetails.Failure(error, cause));
        }
    }

    /// The name of the task in a message about too large a result: an integration by the type of its resource.
    String name() {
        return resource instanceof TaskResource.Integration service ? service.service() : resource.arn();
    }
}
