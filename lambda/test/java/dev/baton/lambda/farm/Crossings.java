package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

@Intent("The bridges of four years, which are alike and so one Map")
public record Crossings(int year) implements Task {
    @Override
    public List<Bridge> requires() {
        return IntStream.range(0, 4).mapToObj(ago -> new Bridge(year - ago)).toList();
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/crossings/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var text = new StringBuilder();
        for (var bridge : requires()) {
            text.append(run.input(bridge).text()).append('\n');
        }
        run.output().text(text.toString());
    }
}
