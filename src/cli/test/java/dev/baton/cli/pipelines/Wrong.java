package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.time.Year;
import java.util.List;

/// Tasks that no pipeline may be made of.
public sealed interface Wrong extends Task {
    @Override
    default void run(TaskRun run) {
        throw new AssertionError("what does not compile never runs");
    }

    /// One half of a circle.
    @Intent("What comes of an egg")
    record Hen(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Egg(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/hens/{year}.txt", this);
        }
    }

    /// The other half.
    @Intent("What comes of a hen")
    record Egg(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Hen(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/eggs/{year}.txt", this);
        }
    }

    /// Requires a task with its own target.
    @Intent("The younger one")
    record Twins(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Elder(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/twins/{year}.txt", this);
        }
    }

    /// Has the target of [Twins].
    @Intent("The elder one")
    record Elder(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Letter(Letter.Person.ANNE, year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/twins/{year}.txt", this);
        }
    }

    /// Writes where its own uploads arrive.
    @Intent("An answer that looks like a letter")
    record Echo(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Letter(Letter.Person.ANNE, year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/anne/{year}.txt", this);
        }
    }

    /// Says nothing of what it is for.
    record Aimless(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Letter(Letter.Person.ANNE, year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/aimless/{year}.txt", this);
        }
    }

    /// Everything at once but the circle.
    record AllWrong(Year year) implements Wrong {
        @Override
        public List<Task> requires() {
            return List.of(new Echo(year), new Twins(year), new Aimless(year));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/all-wrong/{year}.txt", this);
        }
    }
}
