package dev.baton.cli.pipelines;

import dev.baton.name.Sha256;
import dev.baton.task.Access;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// Opens a box with a secret and writes nothing of it but its fingerprint.
@Intent("What is in the strongbox")
public record Strongbox(Year year) implements Task {
    public static final Pipeline PIPELINE = Pipeline.of("strongbox", Strongbox.class);
    public static final String KEY = "strongbox/key";

    /// An upload.
    @Intent("A strongbox with its label")
    public record Label(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/landing/boxes/{year}.txt", this);
        }
    }

    @Override
    public List<Label> requires() {
        return List.of(new Label(year));
    }

    @Override
    public List<Access> uses() {
        return List.of(Access.secret(KEY));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/strongbox/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var key = run.secret(KEY);
        if (run.input(new Label(year)).text().contains("jam")) {
            throw new IOException("the lock jams");
        }
        run.output().text(fingerprint(key));
    }

    public static String fingerprint(String key) {
        return Sha256.hex(key);
    }
}
