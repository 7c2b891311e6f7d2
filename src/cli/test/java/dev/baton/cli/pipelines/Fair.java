package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/// A fair, to which the brass band comes on Saturdays.
public final class Fair {
    private Fair() {}

    @Intent("The prices of all days")
    public record Prices() implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/prices.txt", this);
        }
    }

    @Intent("A day's takings")
    public record Takings(LocalDate day) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/takings/{day}.txt", this);
        }
    }

    @Intent("The collection of the brass band")
    public record Band(LocalDate day) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/band/{day}.txt", this);
        }
    }

    @Intent("A day of the fair")
    public record FairDay(LocalDate day) implements Task {
        private Takings takings() {
            return new Takings(day);
        }

        @Override
        public List<Task> requires() {
            return List.of(
                    new Band(day).onlyIf(day.getDayOfWeek() == DayOfWeek.SATURDAY), takings(), new Prices());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/fair/{day}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(takings()).text());
        }
    }

    @Intent("What a stall sold on a day")
    public record Sold(
            LocalDate day,

            @Pattern(
                    value = "[a-z]+",
                    samples = {"cheese", "bread"})
            String stall)
            implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/sold/{day}/{stall}.txt", this);
        }
    }

    @Intent("A stall on a day")
    public record StallDay(
            LocalDate day,

            @Pattern(
                    value = "[a-z]+",
                    samples = {"cheese", "bread"})
            String stall)
            implements Task {
        @Override
        public List<Task> requires() {
            return List.of(new Takings(day), new Sold(day, stall));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/stalls/{day}/{stall}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            run.output().text(run.input(new Sold(day, stall)).text());
        }
    }
}
