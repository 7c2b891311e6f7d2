package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Schedule;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// What a schedule proposes by names that no upload tells.
@Intent("What somebody is wished for the new year")
public record Greeting(@Pattern(value = "[a-z]+", samples = {"anne", "bob"}) String name, Year year) implements Task {
    /// At the first midnight of a year, for two people.
    public static final Pipeline PIPELINE = Pipeline.of("greetings", Greeting.class)
            .scheduled(
                    Schedule.cron("0 0 1 1 ? *").in("Europe/Berlin"),
                    time -> List.of(new Greeting("anne", Year.from(time)), new Greeting("bob", Year.from(time))));

    /// An upload, the same for all.
    @Intent("What every greeting says")
    public record Wishes() implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/wishes.txt", this);
        }
    }

    @Override
    public List<Wishes> requires() {
        return List.of(new Wishes());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/greetings/{name}/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text("Dear " + name + ", " + run.input(new Wishes()).text());
    }
}
