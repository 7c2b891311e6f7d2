package dev.baton.cli.bench;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.util.List;

/// The tasks of [LineageBenchmark]'s records.
final class Stations {
    /// So many tasks follow from the upload of a station.
    static final int STEPS = 33;

    private Stations() {}

    /// What a station uploads.
    @Intent("What a station uploads")
    public record Landing(int station) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/{station}.csv", this);
        }
    }

    /// What all stations read.
    @Intent("What all stations read")
    public record Calendar() implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/calendar.csv", this);
        }
    }

    /// A task of a station.
    @Intent("A task of a station")
    public record Step(int station, int step) implements Task {
        @Override
        public List<Task> requires() {
            return step == 0
                    ? List.of(new Landing(station), new Calendar())
                    : step < 2
                            ? List.of(new Step(station, 0))
                            : List.of(new Step(station, step - 1), new Step(station, step / 2));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/steps/{station}/{step}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    /// A run: all that follows from a station's upload.
    @Intent("All that follows from a station's upload")
    public record Station(int station) implements Task {
        @Override
        public List<Step> requires() {
            return List.of(new Step(station, STEPS - 1));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/stations/{station}.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }

    /// The task that reads all stations.
    public record Whole() implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/whole.csv", this);
        }

        @Override
        public void run(TaskRun run) {}
    }
}
