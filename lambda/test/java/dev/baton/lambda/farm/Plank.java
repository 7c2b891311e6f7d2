package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

@Intent("A plank of the bridge")
public record Plank(Place place, int year) implements Task {
    /// `LEFT` before `FAR_LEFT`, and both `LEFT` and `RIGHT` before `MIDDLE`: no sequence and fork-join says just
    /// that.
    public enum Place {
        LEFT,
        RIGHT,
        FAR_LEFT,
        MIDDLE
    }

    @Override
    public List<Task> requires() {
        return switch (place) {
            case LEFT -> List.of(new Harvest(Field.NORTH, year));
            case RIGHT -> List.of(new Harvest(Field.SOUTH, year));
            case FAR_LEFT -> List.of(new Plank(Place.LEFT, year));
            case MIDDLE -> List.of(new Plank(Place.LEFT, year), new Plank(Place.RIGHT, year));
        };
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/bridge/{place}/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        var text = new StringBuilder(place.name());
        for (var required : requires()) {
            text.append('(').append(run.input(required).text().strip()).append(')');
        }
        run.output().text(text.toString());
    }
}
