package dev.baton.cli.pipelines;

import dev.baton.task.Compute;
import dev.baton.task.DataInvalid;
import dev.baton.task.ExpandingTask;
import dev.baton.task.Expansion;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
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
import java.util.stream.Stream;

/// A task that takes hours stands between two that take a moment: it runs in a container.
public final class Glacier {
    /// The years whose flow, or the meters whose age, was computed in this process, as often as it was.
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

    /// An upload: a line for each core, its place and its meters.
    @Intent("Where cores were drilled in a year")
    public record Drillings(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/drillings/{year}.txt", this);
        }
    }

    /// In a container, one of as many as there are cores. What is too short cannot be dated, and 13 meters bring bad
    /// luck at first.
    @Intent("The age of one core of ice")
    @Compute(on = Compute.Platform.FARGATE, memory = 512, milliCpu = 250)
    @Retries(value = 1, intervalSeconds = 1)
    public record Core(
            int year, @Pattern(samples = {"firn", "tongue"}) String place, int meters) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/cores/{year}/{place}/{meters}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            COMPUTED.add(meters);
            if (meters == 0) {
                throw new DataInvalid(
                        "s3://lake/drillings/" + year + ".txt", 1, 1, "a core of " + place + " was expected");
            }
            if (meters == 13 && run.attempt() == 0) {
                throw new IOException("it broke");
            }
            run.output().text(Integer.toString(meters * 10));
        }
    }

    /// Lists and closes in its function.
    @Intent("The ages of all cores of a year")
    @Expansion(maxConcurrency = 2)
    public record Cores(int year) implements ExpandingTask<Core> {
        private Drillings drillings() {
            return new Drillings(year);
        }

        @Override
        public List<Drillings> requires() {
            return List.of(drillings());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/cores/{year}.json", this);
        }

        @Override
        public Class<Core> itemClass() {
            return Core.class;
        }

        @Override
        public Stream<Core> expand(TaskRun run) throws IOException {
            return run.input(drillings())
                    .text()
                    .lines()
                    .map(line -> line.split(" "))
                    .map(words -> new Core(year, words[0], Integer.parseInt(words[1])));
        }
    }

    /// Reads what the containers made.
    @Intent("The oldest ice of a year")
    public record Oldest(int year) implements Task {
        private Cores cores() {
            return new Cores(year);
        }

        @Override
        public List<Cores> requires() {
            return List.of(cores());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/oldest/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var oldest = 0;
            for (var age : run.items(cores()).values()) {
                oldest = Math.max(oldest, Integer.parseInt(age.text()));
            }
            run.output().text(oldest + " years");
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
