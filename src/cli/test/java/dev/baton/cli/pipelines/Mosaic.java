package dev.baton.cli.pipelines;

import dev.baton.task.DataInvalid;
import dev.baton.task.ExternalTask;
import dev.baton.task.Input;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// Many tasks that differ in a number alone.
public final class Mosaic {
    /// The tasks that ran.
    public static final Queue<Task> LAID = new ConcurrentLinkedQueue<>();

    /// The tiles that break.
    public static final Queue<Integer> BREAKING = new ConcurrentLinkedQueue<>();

    private Mosaic() {}

    /// An upload.
    @Intent("The drawing of a mosaic")
    public record Drawing(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/drawings/{year}.txt", this);
        }
    }

    /// One of many.
    @Intent("A tile as the drawing has it")
    @Retries(0)
    public record Tile(int year, int number) implements Task {
        private Drawing drawing() {
            return new Drawing(year);
        }

        @Override
        public List<Drawing> requires() {
            return List.of(drawing());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/tiles/{year}/{number}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            if (BREAKING.contains(number)) {
                throw new DataInvalid(drawing().output().uri(), 1, number, "tile " + number + " broke");
            }
            LAID.add(this);
            run.output().text(run.input(drawing()).text() + number);
        }
    }

    /// What stands behind one of many.
    @Intent("A tile, polished")
    @Retries(0)
    public record Polished(int year, int number) implements Task {
        private Tile tile() {
            return new Tile(year, number);
        }

        @Override
        public List<Tile> requires() {
            return List.of(tile());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/polished/{year}/{number}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            LAID.add(this);
            run.output().text(run.input(tile()).text() + "!");
        }
    }

    /// Hangs on two of many, so that sequence and fork alone do not say the order.
    @Intent("What fills the gap between two tiles")
    @Retries(0)
    public record Grout(int year, int number) implements Task {
        @Override
        public List<Tile> requires() {
            return List.of(new Tile(year, number), new Tile(year, number + 1));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/grout/{year}/{number}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            LAID.add(this);
            run.output().text(together(run, requires()));
        }
    }

    /// So few that they are iterations of one execution.
    @Intent("A small mosaic")
    public record Small(int year) implements Task {
        @Override
        public List<Polished> requires() {
            return IntStream.range(0, 6).mapToObj(n -> new Polished(year, n)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/small/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(together(run, requires()));
        }
    }

    /// So many that they are executions of their own.
    @Intent("A large mosaic")
    public record Large(int year) implements Task {
        @Override
        public List<Polished> requires() {
            return IntStream.range(0, 44).mapToObj(n -> new Polished(year, n)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/large/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(together(run, requires()));
        }
    }

    /// No series-parallel order.
    @Intent("A floor of tiles and what is between them")
    public record Floor(int year) implements Task {
        @Override
        public List<Grout> requires() {
            return IntStream.range(0, 7).mapToObj(n -> new Grout(year, n)).toList();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/floor/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(together(run, requires()));
        }
    }

    private static String together(TaskRun run, List<? extends Task> required) throws IOException {
        var texts = new ArrayList<String>();
        for (var task : required) {
            Input input = run.input(task);
            texts.add(input.text());
        }
        return String.join(" ", texts);
    }
}
