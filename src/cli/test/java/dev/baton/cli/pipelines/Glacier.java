package dev.baton.cli.pipelines;

import dev.baton.task.Compute;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// A task that takes hours stands between two that take a moment: it runs in a container.
public final class Glacier {
    /// The years whose flow was computed in this process, as often as it was.
    public static final Queue<Integer> COMPUTED = new ConcurrentLinkedQueue<>();

    private Glacier() {}

    /// An upload: the thickness of the ice, in meters. A word says how the computation fails.
    @Intent("Thickness of the ice at the end of a year")
    public record Survey(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/surveys/{year}.txt", this);
        }
    }

    /// Before the container.
    @Intent("Thickness without the measurer's remarks")
    public record Thickness(int year) implements Task {
        private Survey survey() {
            return new Survey(year);
        }

        @Override
        public List<Survey> requires() {
            return List.of(survey());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/thickness/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(survey()).text().split("#")[0].strip());
        }
    }

    /// In the container.
    @Intent("How the ice flows until it rests")
    @Compute(on = Compute.Platform.FARGATE, memory = 2_048, milliCpu = 1_000)
    @Timeout(hours = 3)
    @Retries(value = 1, intervalSeconds = 1)
    public record Flow(int year) implements Task {
        private Thickness thickness() {
            return new Thickness(year);
        }

        @Override
        public List<Thickness> requires() {
            return List.of(thickness());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/flow/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            COMPUTED.add(year);
            var thickness = run.input(thickness());
            if (thickness.text().equals("thin air")) {
                throw thickness.invalid(1, 1, "ice was expected");
            }
            if (thickness.text().equals("storm") && run.attempt() == 0) {
                throw new IOException("the measurement was blown away");
            }
            run.output().text("flows " + thickness.text());
        }
    }

    /// In a container, and with three others in a Map.
    @Intent("What melted in a year")
    @Compute(on = Compute.Platform.FARGATE, memory = 512, milliCpu = 250)
    public record Melt(int year) implements Task {
        private Survey survey() {
            return new Survey(year);
        }

        @Override
        public List<Survey> requires() {
            return List.of(survey());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/melt/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            COMPUTED.add(year);
            run.output().text(run.input(survey()).text() + " less");
        }
    }

    /// Four containers at a time.
    @Intent("What melted in four years")
    public record Retreat(int year) implements Task {
        private List<Melt> melts() {
            return IntStream.range(0, 4).mapToObj(back -> new Melt(year - back)).toList();
        }

        @Override
        public List<Melt> requires() {
            return melts();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/retreats/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var told = new StringBuilder();
            for (var melt : melts()) {
                told.append(run.input(melt).text()).append("; ");
            }
            run.output().text(told.toString());
        }
    }

    /// After the container.
    @Intent("Where the glacier ends")
    public record Tongue(int year) implements Task {
        private Flow flow() {
            return new Flow(year);
        }

        @Override
        public List<Flow> requires() {
            return List.of(flow());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/tongues/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("ends where it " + run.input(flow()).text());
        }
    }
}
