package dev.baton.engine.internal.prepare;

import dev.baton.engine.internal.map.FailureTolerance;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.FieldScope.Surroundings;
import dev.baton.engine.internal.query.StateDataFlow.Exit;
import dev.baton.engine.task.TaskResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runner of a [PreparedState]: it shows the state what the state may see, and is told what is to be done for it.
///
/// An attempt asks once for one of [#leave], [#waitUntil], [#call], [#fork], [#iterate] and [#startMapRun]. What brings
/// a result calls [PreparedState#resume] with it.
///
/// A class and no interface, since a virtual machine calls the one subclass that executions have without looking it up.
public abstract class StateRunner {
    public abstract Surroundings surroundings();

    /// The input of the current state, as it is.
    public abstract @Nullable Object input();

    /// The role that the state machine acts with, or null.
    public abstract @Nullable String roleArn();

    public abstract Instant now();

    /// A new task token for a call of this resource.
    ///
    /// @throws dev.baton.engine.internal.failure.StateFailure when there is nothing that could be called
    public abstract String taskToken(TaskResource called);

    /// A Map state found its items; of an ItemReader's it knows none yet.
    public abstract void mapStarted(int items);

    /// Leaves the current state.
    ///
    /// @param next the next state, or null where the graph ends here
    public abstract void leave(Exit exit, @Nullable PreparedState next);

    /// Waits for a moment that is to come, and resumes with the result.
    public abstract void waitUntil(Instant moment, @Nullable Object result);

    /// Calls a task and waits for its result.
    public abstract void call(TaskCall call);

    /// Runs branches at the same time, each with the input, and waits for all.
    public abstract void fork(List<PreparedGraph> branches, @Nullable Object input);

    /// Runs a graph once for each item and waits for all.
    public abstract void iterate(Iterations iterations);

    /// Runs an execution for each item, or batch of items, and waits for all.
    public abstract void startMapRun(MapRunPlan plan, MapRunStart start);

    /// The call of a Task state.
    ///
    /// @param credentials the role of its `Credentials`, or null
    /// @param timeoutSeconds null where the definition says nothing
    /// @param heartbeatSeconds null where the definition says nothing
    public record TaskCall(
            String name,
            TaskResource resource,
            @Nullable Object parameters,
            @Nullable String credentials,
            String token,
            @Nullable Long timeoutSeconds,
            @Nullable Long heartbeatSeconds) {

        /// Without the token, which is worth something, and what it is called with, which may be.
        @Override
        public String toString() {
            return "TaskCall[" + name + " calls " + resource + "]";
        }
    }

    /// The iterations of an inline Map state.
    ///
    /// @param selection what each item becomes
    /// @param at what the selection sees
    /// @param maxConcurrency 0 for no bound of the definition's own
    public record Iterations(
            String name,
            PreparedGraph processor,
            List<?> items,
            ItemSource selection,
            FieldScope at,
            long maxConcurrency) {}

    /// The beginning of a Map Run.
    ///
    /// @param at what its fields see
    /// @param items those that are in the state's data
    /// @param source what they are read from, or null where the state's data has them all
    /// @param maxConcurrency 0 for no bound of the definition's own
    public record MapRunStart(
            FieldScope at,
            MapItems items,
            PreparedItemReader.@Nullable Source source,
            long maxConcurrency,
            FailureTolerance tolerance) {}
}
