/// The API of a pipeline's author: tasks as records, their targets, and pipelines of them.
///
/// Start at [dev.baton.task.Task]. What follows from the tasks — the graph, triggers, fingerprints — is in the
/// packages below this one and is nothing that an author needs to know.
@NullMarked
package dev.baton.task;

import org.jspecify.annotations.NullMarked;
