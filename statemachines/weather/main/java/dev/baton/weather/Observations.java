package dev.baton.weather;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.Year;

/// The upload of a year's observations.
@Intent("Daily observations of one city for one year")
public record Observations(City city, Year year) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/{city}/{year}.csv", this);
    }
}
