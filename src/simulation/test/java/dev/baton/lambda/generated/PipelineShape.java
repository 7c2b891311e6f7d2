package dev.baton.lambda.generated;

/// What generated pipelines look like, in the mean.
///
/// @param mostExternals how many classes of external tasks there are at most
/// @param mostTasks how many classes of tasks there are at most between the root and the externals
/// @param mostNodes how large a graph may become
/// @param optional how likely a requirement has a condition, from 0 to 1
/// @param partial how likely an external leaves a component of the task that requires it open, from 0 to 1
/// @param fans how likely a class is required several times: for the enum's values or a window of days, from 0 to 1
/// @param shared how likely a class is required by a second task, which makes diamonds, from 0 to 1
/// @param unbounded how likely the root refuses no value, from 0 to 1
/// @param either how likely, where two components of the root have to be told, some roots need an external that tells
///     both and the others one for each, from 0 to 1
/// @param given how likely a bounded pipeline says itself which roots an external starts, from 0 to 1
/// @param retries how likely a task declares retries, from 0 to 1
public record PipelineShape(
        int mostExternals,
        int mostTasks,
        int mostNodes,
        double optional,
        double partial,
        double fans,
        double shared,
        double unbounded,
        double either,
        double given,
        double retries) {

    /// Many ways from keys to roots.
    public static final PipelineShape STARTS = new PipelineShape(5, 2, 40, 0.45, 0.3, 0.2, 0.25, 0.15, 0.6, 0.12, 0);

    /// Many ways through a run.
    public static final PipelineShape RUNS = new PipelineShape(3, 5, 40, 0.15, 0.15, 0.35, 0.6, 0, 0, 0, 0.5);
}
