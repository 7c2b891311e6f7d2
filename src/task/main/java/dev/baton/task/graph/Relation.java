package dev.baton.task.graph;

/// How the value of a task's component follows from the root's parameters, as the samples show it.
sealed interface Relation {

    /// The same for all parameters.
    record Constant(Object value) implements Relation {}

    /// A root parameter, or the calendar part that contains it, or where it begins, moved by a constant.
    ///
    /// @param root which root parameter, counted from 0
    /// @param by how many units of the component's own type; 0 for types that have none
    record Shift(int root, long by) implements Relation {}

    /// Something else.
    record Open() implements Relation {}
}
