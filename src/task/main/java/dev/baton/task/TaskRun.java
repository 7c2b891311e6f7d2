package dev.baton.task;

import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;

/// The run of a task: what a task is given while it runs. Everything here acts with the task's own role, so only what
/// the task declared can be reached.
public interface TaskRun {

    /// The output of a required task, in the version that this run is pinned to.
    ///
    /// @param required equal to a task that `requires()` names
    /// @throws Undeclared when `requires()` does not name it, or names it as not needed
    Input input(Task required);

    /// The outputs of the tasks into which a required task expanded, in the versions that this run is pinned to, by the
    /// task itself: `run.items(every()).get(new Station(year, "kiel"))`. In the order of their parameters; an item
    /// whose failure was tolerated is not there. Each is read when it is asked for.
    ///
    /// @param required equal to a task that `requires()` names
    /// @throws Undeclared when `requires()` does not name it, or names it as not needed
    <I extends Record & Task> SequencedMap<I, Input> items(ExpandingTask<I> required);

    /// Where this task writes.
    Output output();

    /// An object that no task of this pipeline makes.
    ///
    /// @param uri logical, `s3://lake/reference/stations.csv`
    /// @throws Undeclared when no [Access.ReadObjects] of `uses()` covers it
    Input object(String uri);

    /// The logical URIs of the objects under a prefix, in the order of their keys.
    ///
    /// @param prefix logical, `s3://lake/reference/`
    /// @throws Undeclared when no [Access.ListObjects] of `uses()` covers it
    List<String> list(String prefix);

    /// The current value of a secret.
    ///
    /// @throws Undeclared when `uses()` has no such [Access.Secret]
    String secret(String name);

    /// A client of the AWS SDK for Java that holds this attempt's credentials and nothing else, such as
    /// `run.client(DynamoDbClient.class)`. It is closed after the attempt.
    <C extends AutoCloseable> C client(Class<C> type);

    /// A text with the environment's own in the place of `${partition}`, `${region}` and `${account}`: the ARN of what
    /// the task calls, `run.resolved("arn:${partition}:sns:${region}:${account}:news")`.
    String resolved(String text);

    /// The run: the root execution's name and start time.
    String id();

    /// When the run started: the "now" of a task that needs one, equal in every attempt.
    Instant startedAt();

    /// Counted from 0.
    int attempt();
}
