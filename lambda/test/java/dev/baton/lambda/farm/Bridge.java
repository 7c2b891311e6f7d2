package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

@Intent("A bridge of planks, which is not series-parallel")
public record Bridge(int year) implements Task {
    private Plank far() {
        return new Plank(Plank.Place.FAR_LEFT, year);
    }

    private Plank middle() {
        return new Plank(Plank.Place.MIDDLE, year);
    }

    @Override
    public List<Plank> requires() {
        return List.of(far(), middle());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/bridges/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        run.output().text(run.input(far()).text() + " " + run.input(middle()).text());
    }
}
