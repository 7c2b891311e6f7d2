package dev.baton.run.profile;

import dev.baton.run.DataProfile;
import dev.baton.task.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Profiles content as it is written, in one pass and in memory that does not grow with it. It never fails: of what it
/// cannot read it says so.
///
/// Not safe for threads: who writes one after the other is told by [dev.baton.task.Output].
public final class Profiler {
    private final RowReader reader;
    private long bytes;
    private @Nullable String problem;

    private Profiler(RowReader reader) {
        this.reader = reader;
    }

    /// For the output of a task; null where its author wants no profile.
    ///
    /// @param task its class
    /// @param uri of the output
    /// @param contentType as the task said
    public static @Nullable Profiler of(Class<?> task, String uri, String contentType) {
        var said = task.getAnnotation(Profile.class);
        return said == null
                ? of(uri, contentType)
                : of(
                        said.value() == Profile.Format.DETECT ? detected(uri, contentType) : said.value(),
                        Set.copyOf(List.of(said.columns())));
    }

    /// For any object.
    public static Profiler of(String uri, String contentType) {
        return new Profiler(reader(detected(uri, contentType), Set.of()));
    }

    private static @Nullable Profiler of(Profile.Format format, Set<String> columns) {
        return format == Profile.Format.OFF ? null : new Profiler(reader(format, columns));
    }

    private static RowReader reader(Profile.Format format, Set<String> columns) {
        return switch (format) {
            case CSV -> new CsvRows(columns);
            case JSON_LINES -> new JsonLineRows(columns);
            case PARQUET -> new ParquetFooter(columns);
            case DETECT, BYTES, OFF -> new UnknownFormat();
        };
    }

    /// What an object is read as where nobody says it.
    static Profile.Format detected(String uri, String contentType) {
        return switch (contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT)) {
            case "text/csv", "application/csv" -> Profile.Format.CSV;
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/x-jsonlines",
                    "application/jsonlines" -> Profile.Format.JSON_LINES;
            case "application/vnd.apache.parquet", "application/x-parquet" -> Profile.Format.PARQUET;
            default -> {
                var key = uri.toLowerCase(Locale.ROOT);
                if (key.endsWith(".csv")) {
                    yield Profile.Format.CSV;
                }
                if (key.endsWith(".jsonl") || key.endsWith(".ndjson")) {
                    yield Profile.Format.JSON_LINES;
                }
                yield key.endsWith(".parquet") ? Profile.Format.PARQUET : Profile.Format.BYTES;
            }
        };
    }

    /// Takes the next bytes.
    public void write(byte[] content, int offset, int length) {
        bytes += length;
        if (problem == null && length > 0) {
            attempt(() -> reader.write(content, offset, length));
        }
    }

    /// The profile of what was written; nothing is written after it.
    public DataProfile finish() {
        if (problem == null) {
            attempt(reader::end);
        }
        return reader.profile(bytes, problem);
    }

    private void attempt(Reading reading) {
        try {
            reading.run();
        } catch (UnreadableData e) {
            problem = e.getMessage();
        } catch (RuntimeException | LinkageError e) {
            problem = "it could not be read: " + e;
        }
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws UnreadableData;
    }
}
