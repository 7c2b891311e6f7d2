package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.sts.StsClient;

/// Fails at its first attempt, after it said who it was.
@Intent("What is made at the second attempt")
@Retries(value = 1, intervalSeconds = 1)
public record Stumbling(Year year) implements Task {
    /// The ARNs of the sessions of all attempts.
    public static final Queue<String> SESSIONS = new ConcurrentLinkedQueue<>();

    private Letter letter() {
        return new Letter(Letter.Person.ANNE, year);
    }

    @Override
    public List<Letter> requires() {
        return List.of(letter());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/stumbled/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        SESSIONS.add(run.client(StsClient.class).getCallerIdentity().arn());
        if (run.attempt() == 0) {
            throw new IOException("the disk is full");
        }
        run.output().text(run.input(letter()).text());
    }
}
