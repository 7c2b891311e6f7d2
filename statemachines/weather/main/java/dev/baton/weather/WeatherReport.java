package dev.baton.weather;

import dev.baton.task.Approval;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The year on one page, for people.
@Intent("The year of both cities on one page, with charts")
@Approval(by = "editors", within = "P2D", why = "What is on the page goes to the public")
public record WeatherReport(Year year) implements Task {
    private WeatherSummary summary() {
        return new WeatherSummary(year);
    }

    private CityComparison comparison() {
        return new CityComparison(year);
    }

    private List<CityTasks> cities() {
        return CityTasks.of(year);
    }

    @Override
    public List<Task> requires() {
        return Stream.concat(
                        Stream.of(summary(), comparison()), cities().stream().flatMap(city -> city.all().stream()))
                .toList();
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/reports/{year}.html", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var read = new ArrayList<CityYear>();
        for (var city : cities()) {
            read.add(city.read(run));
        }
        var finding = Comparison.read(run.input(comparison())).told();
        run.output().contentType("text/html; charset=utf-8").text(Html.report(year, read, finding));
    }
}
