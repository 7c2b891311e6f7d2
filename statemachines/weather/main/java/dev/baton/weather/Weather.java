package dev.baton.weather;

import dev.baton.task.Pipeline;
import dev.baton.task.PipelineProvider;
import java.util.List;

/// The example: two cities' observations are uploaded, a report of their year comes out.
public final class Weather implements PipelineProvider {
    /// One run makes one year's report.
    public static final Pipeline PIPELINE = Pipeline.of("weather", WeatherReport.class);

    @Override
    public List<Pipeline> pipelines() {
        return List.of(PIPELINE);
    }
}
