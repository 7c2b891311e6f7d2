package dev.baton.task;

import java.util.stream.Stream;

/// A task that becomes, when it runs, tasks of one class that nobody knows before: the files under a prefix, the
/// rows of a manifest. It fans out at run time to a Map over its items; when all are complete, it is.
///
/// Each item is a task of its own, with its own role, fingerprint and completion record; its identity is its
/// parameters, never its place in the list. An item requires nothing but what the expanding task requires too; what it
/// reads besides, through [Task#uses], does not make it another one, so what does belongs into its parameters. The
/// output of the expanding task is written by Baton: the list of its items' outputs, in the order of their
/// parameters. Who requires it reads them with [TaskRun#items].
///
/// @param <I> the class of the items
public interface ExpandingTask<I extends Record & Task> extends Task {

    /// The class of the items. It is known when the pipeline is compiled, so that the items have a role and a
    /// function.
    Class<I> itemClass();

    /// Finds the items: in any order; naming one twice means nothing. It reads as [#run] does and writes nothing.
    ///
    /// @throws DataInvalid when an input is not what it has to be; never retried
    /// @throws Exception any other failure; retried as [Retries] says
    Stream<I> expand(TaskRun run) throws Exception;

    /// Never called: the items run.
    @Override
    default void run(TaskRun run) {
        throw new IllegalStateException(this + " expands, its items run");
    }
}
