package dev.baton.task;

import java.util.List;
import java.util.Map;

/// A piece of work with one output: what it requires, where its output is, and how it runs.
///
/// A task is a record. Its components are its parameters and its identity: equal records are the same task, so
/// [#requires] and [#run] name an input by making the equal record. Components are [dev.baton.task.parameter]
/// types: `int`, `long`, `boolean`, `String` (see [Pattern]), [java.time.Year], [java.time.YearMonth],
/// [java.time.LocalDate] and enums.
///
/// [#requires], [#output], [#uses] and [#identities] depend on the parameters and on nothing else: no clock, no
/// randomness, no environment. They are asked many times, at compile time with sample parameters and at run time with
/// the real ones, and which tasks they name must not depend on the values of the parameters (the graph's shape is
/// fixed, TSK031); a requirement that counts only sometimes is [#onlyIf].
public interface Task {

    /// The tasks that must be complete before this one runs. Naming one twice means nothing.
    default List<? extends Task> requires() {
        return List.of();
    }

    /// Where the output is, [S3Target#at] bound to `this`.
    Target output();

    /// Does the work: reads [TaskRun#input], writes [TaskRun#output]. What was written is committed when this
    /// method returns and forgotten when it throws. It may be tried again and on another machine, so it must not
    /// rely on anything that an earlier attempt left behind.
    ///
    /// @throws DataInvalid when an input is not what it has to be; never retried
    /// @throws Exception any other failure; retried as [Retries] says
    void run(TaskRun run) throws Exception;

    /// What the task touches beyond its inputs and its output. Its role may do this and nothing else.
    default List<Access> uses() {
        return List.of();
    }

    /// What identifies that which the task reads through [#uses], by a name for each. The output depends on it: where
    /// an identity is another than when the output was made, the task runs again. What has no identity here does not
    /// count.
    ///
    /// An identity is a text, such as the release of a model, or the logical URI of an object below a prefix that
    /// `uses()` reads (else RUN045): then it is that object's content, looked at before each run, and it has to be
    /// there.
    default Map<String, String> identities() {
        return Map.of();
    }

    /// This requirement if it is needed, else a requirement that keeps the shape of the graph and is not waited
    /// for: `requires()` always returns the same number of tasks, and a task that nothing needs for these
    /// parameters does not run.
    default Task onlyIf(boolean needed) {
        Conditionals.notice(this);
        return needed ? this : new Unneeded(this);
    }
}
