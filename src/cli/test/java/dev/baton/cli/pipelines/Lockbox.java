package dev.baton.cli.pipelines;

import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Year;
import java.util.List;

/// Opens a box with a secret that is rotated then, and keeps nothing but the fingerprint of the key. Without oil it
/// does not open.
@Intent("What is in the lockbox")
@Retries(0)
public record Lockbox(Year year) implements Task {
    /// The version before may still be read for a second.
    public static final Pipeline PIPELINE = Pipeline.of("lockbox", Lockbox.class);
    /// The version before may still be read until the next rotation.
    public static final Pipeline COFFERS = Pipeline.of("coffers", Coffer.class);

    public static final String FUNCTION = "turn";
    public static final Access.Secret KEY = Access.secret("lockbox/key")
            .rotateAfter(Lockbox.class, Duration.ofSeconds(1))
            .rotatedBy(FUNCTION);
    public static final Access.Secret COFFER_KEY =
            Access.secret("coffer/key").rotateAfter(Coffer.class).rotatedBy(FUNCTION);
    private static final String OIL = "s3://lake/oil/";

    /// An upload.
    @Intent("A lockbox with its label")
    public record BoxLabel(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/lockboxes/{year}.txt", this);
        }
    }

    /// The same for an old box.
    @Intent("What is in the coffer")
    @Retries(0)
    public record Coffer(Year year) implements Task {
        @Override
        public List<BoxLabel> requires() {
            return List.of(new BoxLabel(year));
        }

        @Override
        public List<Access> uses() {
            return List.of(COFFER_KEY, Access.read(OIL));
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/coffers/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            open(run, COFFER_KEY, year);
        }
    }

    @Override
    public List<BoxLabel> requires() {
        return List.of(new BoxLabel(year));
    }

    @Override
    public List<Access> uses() {
        return List.of(KEY, Access.read(OIL));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/lockboxes/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        open(run, KEY, year);
    }

    private static void open(TaskRun run, Access.Secret key, Year year) throws IOException {
        var value = run.secret(key.name());
        if (run.object(OIL + year + ".txt").text().isEmpty()) {
            throw new IOException("the lock jams");
        }
        run.output().text(Strongbox.fingerprint(value));
    }
}
