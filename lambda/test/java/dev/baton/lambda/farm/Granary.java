package dev.baton.lambda.farm;

import dev.baton.task.DynamoDbTarget;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Its output is an item of the table `granary`.
@Intent("What is in the granary of a field")
@Retries(value = 1, intervalSeconds = 1)
public record Granary(Field field, int year) implements Task {
    private Harvest harvest() {
        return new Harvest(field, year);
    }

    @Override
    public List<Harvest> requires() {
        return List.of(harvest());
    }

    @Override
    public DynamoDbTarget output() {
        return DynamoDbTarget.item("granary", "field", "{field}", this)
                .sortedByNumber("year", "{year}")
                .documentIn("lake");
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Ledger.ran(this);
        run.output().item(Map.of("sacks", run.input(harvest()).text().lines().count()));
    }
}
