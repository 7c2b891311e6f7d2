package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.Pipeline;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// What is pressed of an orchard, by whoever owns it.
public final class Orchard {
    public static final Pipeline CIDER = Pipeline.of("cider", Cider.class);
    public static final Pipeline PERRY = Pipeline.of("perry", Perry.class);

    /// Whether the press breaks on what is hard.
    public static final AtomicBoolean BROKEN = new AtomicBoolean();

    private Orchard() {}

    /// An upload.
    @Intent("The apples of a year")
    public record Apples(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/apples/{year}.txt", this);
        }
    }

    /// An upload.
    @Intent("The pears of a year")
    public record Pears(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/pears/{year}.txt", this);
        }
    }

    /// Owned by the growers.
    @Owner("growers")
    @Intent("The cider of a year")
    @Retries(0)
    public record Cider(Year year) implements Task {
        @Override
        public List<Apples> requires() {
            return List.of(new Apples(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/cider/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var apples = run.input(new Apples(year)).text();
            if (BROKEN.get() && apples.equals("hard")) {
                throw new IOException("the press is broken");
            }
            run.output().text("cider of " + apples);
        }
    }

    /// Owned by others.
    @Owner("brewers")
    @Intent("The perry of a year")
    public record Perry(Year year) implements Task {
        @Override
        public List<Pears> requires() {
            return List.of(new Pears(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/perry/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text("perry of " + run.input(new Pears(year)).text());
        }
    }
}
