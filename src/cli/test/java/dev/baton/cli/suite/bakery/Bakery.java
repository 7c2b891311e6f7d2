package dev.baton.cli.suite.bakery;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.List;

/// Has functions find the pipeline in their package.
public final class Bakery implements PipelineProvider {
    @Override
    public List<Pipeline> pipelines() {
        return List.of(Loaf.PIPELINE);
    }
}
