package dev.baton.cli.pipelines.hostile;

import dev.baton.json.Json;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Tries everything and writes down what it was told.
@Intent("Whatever can be taken")
public record Burglar(Year year) implements Task {
    private Ticket ticket() {
        return new Ticket(year);
    }

    @Override
    public List<Ticket> requires() {
        return List.of(ticket());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/burgled/{year}.json", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var told = new LinkedHashMap<String, @Nullable Object>();
        try (var tools = new Tools(run, "tickets/" + year + ".txt")) {
            for (var attack : Attack.values()) {
                told.put(attack.name(), told(attack, tools));
            }
        }
        run.output().text(Json.print(told));
    }

    private static String told(Attack attack, Tools tools) {
        try {
            attack.with(tools);
            return "done";
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
