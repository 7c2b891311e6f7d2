package dev.baton.lambda.generated;

import dev.baton.task.S3Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.Unneeded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What every generated task does: its output tells from which contents it was made.
public final class Work {
    private Work() {}

    /// Reads all that is needed and writes [#content].
    public static void run(Task task, TaskRun run) throws IOException {
        var inputs = new TreeMap<String, String>();
        for (var required : task.requires()) {
            if (!(required instanceof Unneeded)) {
                inputs.put(((S3Target) required.output()).uri(), run.input(required).text());
            }
        }
        run.output().text(content(((S3Target) task.output()).uri(), inputs));
    }

    /// The content of an output.
    ///
    /// @param inputs the contents of what the task needs, by logical URI
    public static String content(String uri, SortedMap<String, String> inputs) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((uri + "<-" + inputs).getBytes(StandardCharsets.UTF_8));
            return uri + " " + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The content that a task's output has to have, by brute force.
    ///
    /// @param uploaded the contents of the external objects, by logical URI
    public static String expected(PipelineSpec spec, PlainTask task, Map<String, String> uploaded) {
        if (task.spec().external()) {
            return uploaded.getOrDefault(task.uri(), "(nothing)");
        }
        var inputs = new TreeMap<String, String>();
        spec.needed(task).forEach(needed -> inputs.put(needed.uri(), expected(spec, needed, uploaded)));
        return content(task.uri(), inputs);
    }
}
