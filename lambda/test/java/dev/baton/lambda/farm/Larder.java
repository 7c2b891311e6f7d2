package dev.baton.lambda.farm;

import dev.baton.task.ExpandingTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Needs the barn and the gleanings. The sheaves come before both, a plank before the gleanings alone: no sequence
/// and fork-join says just that, and what waits and what is waited for both expand when they run.
@Intent("What there is for the winter")
public record Larder(int year) implements Task {
    private Barn barn() {
        return new Barn(year);
    }

    private Gleanings gleanings() {
        return new Gleanings(year);
    }

    @Override
    public List<Task> requires() {
        return List.of(barn(), gleanings());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/larder/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        run.output().text(run.input(barn()).text() + " and " + run.items(gleanings()).size() + " gleaned");
    }

    @Intent("The sheaves of the north field, one for each line of its harvest")
    public record Sheaves(int year) implements ExpandingTask<Sheaf> {
        private Harvest harvest() {
            return new Harvest(Field.NORTH, year);
        }

        @Override
        public List<Harvest> requires() {
            return List.of(harvest());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/sheaves/{year}.json", this);
        }

        @Override
        public Class<Sheaf> itemClass() {
            return Sheaf.class;
        }

        @Override
        public Stream<Sheaf> expand(TaskRun run) throws IOException {
            return run.input(harvest()).text().lines().map(name -> new Sheaf(name, year));
        }
    }

    @Intent("One sheaf")
    public record Sheaf(@Pattern(samples = {"rye", "oat"}) String name, int year) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/sheaf/{year}/{name}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            Ledger.ran(this);
            run.output().text(name);
        }
    }

    @Intent("The sheaves under one roof")
    public record Barn(int year) implements Task {
        private Sheaves sheaves() {
            return new Sheaves(year);
        }

        @Override
        public List<Sheaves> requires() {
            return List.of(sheaves());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/barn/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            Ledger.ran(this);
            run.output().text(run.items(sheaves()).size() + " sheaves");
        }
    }

    @Intent("An ear for every sheaf, over a plank")
    public record Gleanings(int year) implements ExpandingTask<Ear> {
        private Sheaves sheaves() {
            return new Sheaves(year);
        }

        @Override
        public List<Task> requires() {
            return List.of(sheaves(), new Plank(Plank.Place.RIGHT, year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/gleanings/{year}.json", this);
        }

        @Override
        public Class<Ear> itemClass() {
            return Ear.class;
        }

        @Override
        public Stream<Ear> expand(TaskRun run) throws IOException {
            return run.items(sheaves()).keySet().stream().map(sheaf -> new Ear(sheaf.name(), year));
        }
    }

    @Intent("One ear")
    public record Ear(@Pattern(samples = {"rye", "oat"}) String name, int year) implements Task {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/ear/{year}/{name}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            Ledger.ran(this);
            run.output().text(name);
        }
    }
}
