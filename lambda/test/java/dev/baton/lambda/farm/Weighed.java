package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

@Intent("How much one field gave in one year")
@Owner("harvesters")
public record Weighed(Field field, int year) implements Task {
    private Harvest harvest() {
        return new Harvest(field, year);
    }

    @Override
    public List<Harvest> requires() {
        return List.of(harvest());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/weighed/{field}/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        var input = run.input(harvest());
        var sum = 0L;
        try (var in = input.reader();
                var out = run.output().contentType("text/plain").writer()) {
            var number = 0;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.matches("[0-9]+")) {
                    throw input.invalid(number, 1, "a number of sacks was expected, but was \"" + line + "\"");
                }
                sum += Long.parseLong(line);
            }
            out.write(Long.toString(sum));
        }
    }
}
