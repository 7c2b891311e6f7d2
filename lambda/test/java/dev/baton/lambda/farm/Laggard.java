package dev.baton.lambda.farm;

import dev.baton.engine.time.VirtualScheduler;
import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Returns, while a thread of its own goes on a second later, by the clock of the test.
@Intent("Leaves a thread behind")
public record Laggard(int year) implements Task {
    /// What the thread waits by.
    public static final VirtualScheduler LATER = new VirtualScheduler(Instant.EPOCH);
    /// What became of each thing that the thread tried, once [#DONE].
    public static final Map<String, String> LATE = new ConcurrentHashMap<>();

    public static final CountDownLatch DONE = new CountDownLatch(1);

    private Harvest harvest() {
        return new Harvest(Field.NORTH, year);
    }

    @Override
    public List<Harvest> requires() {
        return List.of(harvest());
    }

    @Override
    public List<Access> uses() {
        return List.of(
                Access.read("s3://lake/shelf/"),
                Access.list("s3://lake/shelf/"),
                Access.write("s3://lake/shelf/"));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/laggard/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var s3 = run.client(S3Client.class);
        s3.putObject(r -> r.bucket("farm-lake").key("shelf/early.txt"), RequestBody.fromString("early"));
        var input = run.input(harvest());
        var opened = input.stream();
        var answer = s3.getObject(r -> r.bucket("farm-lake").key("shelf/early.txt"));
        var out = run.output().stream();
        out.write("whole".getBytes(StandardCharsets.UTF_8));
        var due = new CountDownLatch(1);
        LATER.at(LATER.now().plusSeconds(1), due::countDown);
        Thread.ofPlatform().start(() -> {
            try {
                due.await();
            } catch (InterruptedException e) {
                return;
            }
            attempt("writes", () -> {
                out.write("late".getBytes(StandardCharsets.UTF_8));
                return "";
            });
            attempt("asks for the output", () -> run.output().stream());
            attempt("reads on", opened::read);
            attempt("reads on from a client", answer::read);
            attempt("reads again", input::stream);
            attempt("asks for an input", () -> run.input(harvest()));
            attempt("asks for an object", () -> run.object("s3://lake/shelf/early.txt"));
            attempt("lists", () -> run.list("s3://lake/shelf/"));
            attempt("asks for a client", () -> run.client(S3Client.class));
            attempt("puts", () -> s3.putObject(
                    r -> r.bucket("farm-lake").key("shelf/late.txt"), RequestBody.fromString("late")));
            DONE.countDown();
        });
    }

    private static void attempt(String what, Callable<?> deed) {
        try {
            LATE.put(what, "could: " + deed.call());
        } catch (Exception e) {
            LATE.put(what, String.valueOf(e.getMessage()));
        }
    }
}
