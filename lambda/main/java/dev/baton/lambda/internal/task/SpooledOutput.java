package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.Spool;
import dev.baton.task.Output;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What a task writes to while it runs: nothing leaves the machine before the task has returned.
final class SpooledOutput implements Output {
    /// What is larger goes to a temporary file.
    static final int MEMORY_LIMIT = 4 << 20;

    private final String uri;
    private String contentType = "application/octet-stream";
    private @Nullable Spool spool;

    SpooledOutput(String uri) {
        this.uri = uri;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public OutputStream stream() throws IOException {
        if (spool != null) {
            throw new IllegalStateException("the output of this attempt has its one stream already");
        }
        spool = new Spool(MEMORY_LIMIT);
        return spool;
    }

    @Override
    public Output contentType(String mediaType) {
        if (spool != null) {
            throw new IllegalStateException("the kind of the output is said before its stream is asked for");
        }
        contentType = mediaType;
        return this;
    }

    String contentType() {
        return contentType;
    }

    /// What was written, or null where the task never asked for the stream.
    @Nullable Spool spool() {
        return spool;
    }

    void discard() throws IOException {
        if (spool != null) {
            spool.discard();
        }
    }
}
