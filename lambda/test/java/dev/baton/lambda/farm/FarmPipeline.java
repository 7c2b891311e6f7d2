package dev.baton.lambda.farm;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.List;

/// The pipelines of the tests.
public final class FarmPipeline implements PipelineProvider {
    @Override
    public List<Pipeline> pipelines() {
        return List.of(
                Pipeline.of("farm", Yield.class),
                Pipeline.of("almanac", Almanac.class),
                Pipeline.of("vigil", Vigil.class),
                Pipeline.of("snoop", Snoop.class),
                Pipeline.of("bridge", Bridge.class),
                Pipeline.of("crossings", Crossings.class),
                Pipeline.of("larder", Larder.class),
                Pipeline.of("granary", Granary.class),
                Pipeline.of("laggard", Laggard.class),
                Pipeline.of("dawdler", Dawdler.class),
                Pipeline.of("cellar", Wine.class));
    }
}
