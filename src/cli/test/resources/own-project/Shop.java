package own;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.List;

public final class Shop implements PipelineProvider {
    @Override
    public List<Pipeline> pipelines() {
        return List.of(Pipeline.of("shop", LineCount.class));
    }
}
