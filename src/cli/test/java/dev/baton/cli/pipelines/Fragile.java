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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Fails as long as it is told to, and waits as long as it is told to.
@Intent("What is made while nothing is broken")
@Retries(0)
public record Fragile(Year year) implements Task {
    /// Whether it fails.
    public static final AtomicBoolean BROKEN = new AtomicBoolean();
    /// What it waits for; zero for nothing.
    public static final AtomicReference<CountDownLatch> GATE = new AtomicReference<>(new CountDownLatch(0));
    /// Counts down when it has begun.
    public static final AtomicReference<CountDownLatch> BEGUN = new AtomicReference<>(new CountDownLatch(0));

    private Letter letter() {
        return new Letter(Letter.Person.ANNE, year);
    }

    @Override
    public List<Letter> requires() {
        return List.of(letter());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/fragile/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        BEGUN.get().countDown();
        try {
            GATE.get().await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (BROKEN.get()) {
            throw new IOException("something is broken");
        }
        run.output().text(run.input(letter()).text());
    }
}
