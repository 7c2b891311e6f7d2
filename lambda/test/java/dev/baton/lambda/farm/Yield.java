package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

@Intent("How much the farm gave in one year")
public record Yield(int year) implements Task {
    private List<Weighed> weighed() {
        return Arrays.stream(Field.values()).map(field -> new Weighed(field, year)).toList();
    }

    @Override
    public List<Weighed> requires() {
        return weighed();
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/yield/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        var sum = 0L;
        for (var field : weighed()) {
            sum += Long.parseLong(run.input(field).text());
        }
        run.output().text(Long.toString(sum));
    }
}
