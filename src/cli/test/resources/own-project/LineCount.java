package own;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

@Intent("How many lines a day's log has")
public record LineCount(LocalDate day) implements Task {
    private ShopLog log() {
        return new ShopLog(day);
    }

    @Override
    public List<ShopLog> requires() {
        return List.of(log());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://shop/counts/{day}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        try (var in = run.input(log()).reader();
                var out = run.output().writer()) {
            out.write(in.lines().count() + " lines\n");
        }
    }
}
