package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Timeout;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Takes longer than it may, and does not care about being interrupted for it.
@Intent("Dawdles")
@Timeout(seconds = 1)
@Retries(0)
public record Dawdler(int year) implements Task {
    /// What runs it, once it does.
    public static final CompletableFuture<Thread> THREAD = new CompletableFuture<>();

    private Harvest harvest() {
        return new Harvest(Field.NORTH, year);
    }

    @Override
    public List<Harvest> requires() {
        return List.of(harvest());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/dawdler/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        THREAD.complete(Thread.currentThread());
        run.output().text("in time");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // As if nothing had happened.
        }
    }
}
