package dev.baton.engine.replay;

import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One recorded execution: a state machine, its input, how its tasks went, and what the service made of it.
///
/// @param id unique in its corpus
/// @param category what it is about
/// @param fields all members of the case as written, in the corpus' format `asl-corpus/1`
public record RecordedCase(String id, String category, Map<String, @Nullable Object> fields) {

    /// Reads one case.
    ///
    /// @throws IOException when the file cannot be read
    /// @throws dev.baton.json.JsonException when it is not a JSON object
    public static RecordedCase read(Path file) throws IOException {
        var fields = Json.parseObject(Files.readAllBytes(file));
        return new RecordedCase(
                RecordingMembers.text(fields, "id", file.getFileName().toString()),
                RecordingMembers.text(fields, "category", "uncategorised"),
                fields);
    }

    /// All cases of executions in a file or under a folder, in the order of their paths; what is not such a case is
    /// left out.
    ///
    /// @throws IOException when something cannot be read
    public static List<RecordedCase> readAll(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(RecordedCase::readUnchecked)
                    .filter(RecordedCase::isExecution)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static RecordedCase readUnchecked(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isExecution() {
        var kind = RecordingMembers.text(fields, "kind", "");
        return kind.equals("execution") || kind.equals("execution-reported");
    }

    Map<String, @Nullable Object> expected() {
        return RecordingMembers.object(fields, "expect");
    }

    /// The text of the definition.
    public String definition() {
        return Json.print(fields.get("definition"));
    }

    boolean isExpress() {
        return "EXPRESS".equals(fields.get("machine_type"));
    }
}
