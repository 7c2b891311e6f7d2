package dev.baton.task;

import java.util.List;

/// Names the pipelines of a jar: a service ([java.util.ServiceLoader]), entered in
/// `META-INF/services/dev.baton.task.PipelineProvider`. Lambda functions and the command line find pipelines this
/// way.
@FunctionalInterface
public interface PipelineProvider {
    /// Each under a name of its own: two of one name on the class path are refused.
    List<Pipeline> pipelines();
}
