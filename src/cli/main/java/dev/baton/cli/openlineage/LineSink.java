package dev.baton.cli.openlineage;

import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lines of JSON, an event each.
public final class LineSink implements LineageSink {
    private final Writer out;
    private final boolean isOwn;

    private LineSink(Writer out, boolean isOwn) {
        this.out = out;
        this.isOwn = isOwn;
    }

    /// A file, to whose end they are added.
    public static LineSink file(Path file) throws IOException {
        return new LineSink(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
    }

    /// A writer, which stays open.
    public static LineSink to(Writer out) {
        return new LineSink(out, false);
    }

    @Override
    public void emit(RunEvent event) throws IOException {
        out.write(OpenLineageClientUtils.toJson(event));
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (isOwn) {
            out.close();
        } else {
            out.flush();
        }
    }
}
