package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/// Reads, with a client of its own, a letter that only [Read] is allowed to read.
@Intent("Anne's letter, and Bob's too")
public record Snooping(Year year) implements Task {
    private Letter own() {
        return new Letter(Letter.Person.ANNE, year);
    }

    @Override
    public List<Task> requires() {
        return List.of(own(), new Read(Letter.Person.BOB, year));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/snooped/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var stolen = run.client(S3Client.class)
                .getObjectAsBytes(request -> request.bucket("lake").key("landing/bob/" + year + ".txt"))
                .asUtf8String();
        run.output().text(run.input(own()).text() + stolen);
    }
}
