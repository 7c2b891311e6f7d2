package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Input;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.Profile;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.stream.IntStream;

/// Two pipelines of 100 tasks that copy a table, alike but for the profiles of their outputs.
public final class Copies {
    /// With profiles.
    public static final Pipeline COUNTED = Pipeline.of("counted", AllCounted.class);
    /// Without.
    public static final Pipeline PLAIN = Pipeline.of("plain", AllPlain.class);

    /// The property without which no function knows these pipelines: other tests need not compile them.
    public static final String PROPERTY = "baton.copies";

    private static final int PARTS = 99;

    private Copies() {}

    /// The upload of a run that counts.
    @Intent("The table that all tasks copy and count")
    public record CountedTable(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/counted/{year}.csv", this);
        }
    }

    /// The upload of a run that does not.
    @Intent("The table that all tasks copy")
    public record PlainTable(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/plain/{year}.csv", this);
        }
    }

    /// A task with a profile.
    @Intent("A copy that is counted")
    public record Counted(Year year, int part) implements Task {
        @Override
        public List<CountedTable> requires() {
            return List.of(new CountedTable(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/counted/{year}/{part}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            copy(run.input(new CountedTable(year)), run);
        }
    }

    /// The same without.
    @Intent("A copy that is not counted")
    @Profile(Profile.Format.OFF)
    public record Plain(Year year, int part) implements Task {
        @Override
        public List<PlainTable> requires() {
            return List.of(new PlainTable(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/plain/{year}/{part}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            copy(run.input(new PlainTable(year)), run);
        }
    }

    private static void copy(Input table, TaskRun run) throws IOException {
        try (var in = table.reader();
                var out = run.output().writer()) {
            in.transferTo(out);
        }
    }

    /// The root of one pipeline.
    @Intent("All that are counted")
    public record AllCounted(Year year) implements Task {
        @Override
        public List<Counted> requires() {
            return IntStream.range(0, PARTS)
                    .mapToObj(part -> new Counted(year, part))
                    .toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all-counted/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            copy(run.input(requires().getFirst()), run);
        }
    }

    /// The root of the other.
    @Intent("All that are not counted")
    @Profile(Profile.Format.OFF)
    public record AllPlain(Year year) implements Task {
        @Override
        public List<Plain> requires() {
            return IntStream.range(0, PARTS)
                    .mapToObj(part -> new Plain(year, part))
                    .toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all-plain/{year}.csv", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            copy(run.input(requires().getFirst()), run);
        }
    }
}
