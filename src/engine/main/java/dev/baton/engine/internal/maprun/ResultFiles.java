package dev.baton.engine.internal.maprun;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.map.PreparedResultWriter;
import dev.baton.engine.journal.Message.ToMapRun;
import dev.baton.json.Json;
import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files that a ResultWriter writes. Those of children that succeeded are written while others run, each when there
/// is enough for it: `SUCCEEDED_0.json`, `SUCCEEDED_1.json` and so on.
final class ResultFiles {
    private static final int ENOUGH_BYTES = 8 << 20;

    private final PreparedResultWriter writing;
    private final PreparedResultWriter.Destination to;
    private final String folder;
    private final String mapRunArn;
    private final List<Part> parts = new ArrayList<>();
    private ResultText current;

    /// A file of several: its number, and what is in it until it is written.
    static final class Part {
        private final int number;
        private final Map<String, @Nullable Object> entry;
        private volatile byte @Nullable [] content;

        private Part(int number, Map<String, @Nullable Object> entry, byte[] content) {
            this.number = number;
            this.entry = entry;
            this.content = content;
        }

        boolean isWritten() {
            return content == null;
        }
    }

    ResultFiles(PreparedResultWriter writing, PreparedResultWriter.Destination to, String mapRunArn) {
        this.writing = writing;
        this.to = to;
        this.mapRunArn = mapRunArn;
        this.folder = to.prefix() + Arn.last(mapRunArn) + "/";
        this.current = new ResultText(writing.writesLines());
    }

    /// Adds what a child left that succeeded.
    ///
    /// @return a part that is to be written now, or null
    @Nullable
    Part add(Execution child) {
        current.add(ShapedResult.of(child, writing));
        return current.length() < ENOUGH_BYTES ? null : part();
    }

    private Part part() {
        var content = current.bytes();
        current = new ResultText(writing.writesLines());
        var part = new Part(parts.size(), entry(key("SUCCEEDED", parts.size()), content), content);
        parts.add(part);
        return part;
    }

    private String key(String status, int number) {
        return folder + status + "_" + number + ".json";
    }

    private static Map<String, @Nullable Object> entry(String key, byte[] content) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("Key", key);
        entry.put("Size", (long) content.length);
        return entry;
    }

    /// Writes a part; it may block.
    ///
    /// @return what is to be told then
    ToMapRun write(ObjectWriter writer, Part part) {
        return told(() -> {
            var content = part.content;
            if (content != null) {
                writer.write(to.object(key("SUCCEEDED", part.number)), content);
            }
            return new ToMapRun.PartWritten(part.number);
        });
    }

    @FunctionalInterface
    private interface Work {
        ToMapRun write() throws ObjectAccessException;
    }

    private static ToMapRun told(Work work) {
        try {
            return work.write();
        } catch (ObjectAccessException e) {
            return failed(e.cause());
        } catch (RuntimeException | Error e) {
            return failed(String.valueOf(e));
        }
    }

    private static ToMapRun failed(@Nullable String cause) {
        return new ToMapRun.Failed(ErrorNames.RESULT_WRITER_FAILED, cause);
    }

    /// The part of that number is written.
    void written(int number) {
        if (number < parts.size()) {
            parts.get(number).content = null;
        }
    }

    List<Part> unwritten() {
        return parts.stream().filter(part -> !part.isWritten()).toList();
    }

    /// Writes what is not written yet and then the manifest that names all files; it may block.
    ///
    /// @param children that are known still, of which the results are in no part
    /// @return what is to be told then: the state's result, which says where the manifest is
    ToMapRun finish(ObjectWriter writer, List<? extends Execution> children) {
        return told(() -> new ToMapRun.ResultsWritten(result(writer, children)));
    }

    private Map<String, @Nullable Object> result(ObjectWriter writer, List<? extends Execution> children)
            throws ObjectAccessException {
        var files = new LinkedHashMap<String, @Nullable Object>();
        files.put("FAILED", rest(writer, "FAILED", 0, new ResultText(writing.writesLines()), children));
        files.put("PENDING", rest(writer, "PENDING", 0, new ResultText(writing.writesLines()), children));
        var succeeded = new ArrayList<@Nullable Object>();
        parts.forEach(part -> succeeded.add(part.entry));
        succeeded.addAll(rest(writer, "SUCCEEDED", parts.size(), current.copy(), children));
        files.put("SUCCEEDED", succeeded);
        var manifest = new LinkedHashMap<String, @Nullable Object>();
        manifest.put("DestinationBucket", to.bucket());
        manifest.put("MapRunArn", mapRunArn);
        manifest.put("ResultFiles", files);
        var key = folder + "manifest.json";
        writer.write(to.object(key), Json.bytes(manifest));
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("Bucket", to.bucket());
        details.put("Key", key);
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("MapRunArn", mapRunArn);
        result.put("ResultWriterDetails", details);
        return result;
    }

    private List<Map<String, @Nullable Object>> rest(
            ObjectWriter writer, String status, int number, ResultText text, List<? extends Execution> children)
            throws ObjectAccessException {
        var any = text.length() > 0;
        for (var child : children) {
            if (group(child).equals(status)) {
                text.add(ShapedResult.of(child, writing));
                any = true;
            }
        }
        if (!any) {
            return List.of();
        }
        var content = text.bytes();
        var key = key(status, number);
        writer.write(to.object(key), content);
        return List.of(entry(key, content));
    }

    private static String group(Execution execution) {
        return switch (execution.status()) {
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED, TIMED_OUT, ABORTED -> "FAILED";
            case RUNNING, PENDING_REDRIVE -> "PENDING";
        };
    }
}
