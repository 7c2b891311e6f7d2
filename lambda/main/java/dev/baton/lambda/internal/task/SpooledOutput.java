package dev.baton.lambda.internal.task;

import dev.baton.lambda.internal.objects.Spool;
import dev.baton.run.DataProfile;
import dev.baton.run.profile.Profiler;
import dev.baton.task.Output;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The output that a task writes to while it runs: nothing leaves the machine before the task has returned.
final class SpooledOutput implements Output {
    /// What is larger goes to a temporary file.
    static final int MEMORY_LIMIT = 4 << 20;

    private final Class<?> task;
    private final String uri;
    private final AttemptEnd end;
    private String contentType = "application/octet-stream";
    private @Nullable Spool spool;
    private @Nullable Profiler profiler;

    /// @param task the class of the task that writes it
    SpooledOutput(Class<?> task, String uri, AttemptEnd end) {
        this.task = task;
        this.uri = uri;
        this.end = end;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public synchronized OutputStream stream() throws IOException {
        end.refuse(what());
        if (spool != null) {
            throw new IllegalStateException("the output of this attempt has its one stream already");
        }
        profiler = Profiler.of(task, uri, contentType);
        var made = new Spool(MEMORY_LIMIT, profiler);
        spool = made;
        return new FilterOutputStream(made) {
            @Override
            public void write(int b) throws IOException {
                end.refuseBytes(what());
                made.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                end.refuseBytes(what());
                made.write(bytes, offset, length);
            }
        };
    }

    private String what() {
        return "the output " + uri;
    }

    @Override
    public synchronized Output contentType(String mediaType) {
        if (spool != null) {
            throw new IllegalStateException("the kind of the output is said before its stream is asked for");
        }
        contentType = mediaType;
        return this;
    }

    synchronized String contentType() {
        return contentType;
    }

    /// What was written, or null where the task never asked for the stream.
    synchronized @Nullable Spool spool() {
        return spool;
    }

    /// What was counted of it; nothing is written any more.
    ///
    /// @return null where the task's author wants no profile
    synchronized @Nullable DataProfile profile() {
        return profiler == null ? null : profiler.finish();
    }

    /// Takes nothing more. What a thread writes at this moment is in it or is refused.
    synchronized void end() throws IOException {
        if (spool != null) {
            spool.close();
        }
    }

    synchronized void discard() throws IOException {
        if (spool != null) {
            spool.discard();
        }
    }
}
