package dev.baton.cli.pipelines;

import dev.baton.task.Access;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Replaces what is under one prefix, with a client of its own, and tries the same where it may only write.
@Intent("A shelf with nothing of last year on it")
public record Tidied(Year year) implements Task {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/tidied/{year}.txt", this);
    }

    @Override
    public List<Access> uses() {
        return List.of(Access.replace("s3://lake/shelf/"), Access.write("s3://lake/log/"));
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var s3 = run.client(S3Client.class);
        run.output().text(
                put(s3, "shelf/new.txt") + " " + delete(s3, "shelf/new.txt") + " " + put(s3, "log/entry.txt") + " "
                        + delete(s3, "log/entry.txt") + " " + put(s3, "elsewhere.txt"));
    }

    private static int put(S3Client s3, String key) {
        try {
            var put = s3.putObject(request -> request.bucket("lake").key(key), RequestBody.fromString(key));
            return put.ssekmsKeyId() == null ? 0 : put.sdkHttpResponse().statusCode();
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }

    private static int delete(S3Client s3, String key) {
        try {
            return s3.deleteObject(request -> request.bucket("lake").key(key))
                    .sdkHttpResponse()
                    .statusCode();
        } catch (S3Exception e) {
            return e.statusCode();
        }
    }
}
