package dev.baton.lambda.internal.arrival;

import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.run.Requester;
import java.time.Instant;

/// One thing that a service told a start function.
public sealed interface Arrival {

    /// An object is there, says S3 or the task that made it. What is there is looked up.
    ///
    /// @param by an upload, or the completion of another pipeline
    record Appeared(ObjectCreated object, Requester by) implements Arrival {}

    /// It is time, says a schedule.
    ///
    /// @param schedule the last part of the ARN of the schedule, or of the rule, that says so
    /// @param time for which it was planned, not when it was delivered
    record Ticked(String schedule, Instant time) implements Arrival {}

    /// An execution ended without success, says Step Functions.
    ///
    /// @param execution its ARN
    record Failed(String execution) implements Arrival {}

    /// Something that was understood and from which nothing follows.
    ///
    /// @param what it is, for the log
    record Ignored(String what) implements Arrival {}
}
