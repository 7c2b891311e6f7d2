package dev.baton.lambda.simulation;

import dev.baton.task.ExpandingTask;
import dev.baton.task.Input;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the tasks of random pipelines do: read all that they require, take a while, and write a digest of it under
/// their own name.
public final class Deeds {
    private Deeds() {}

    /// Does the work of a task.
    public static void does(Task task, TaskRun run) throws IOException {
        var here = LiveInvocation.current();
        here.begins(task.toString(), run.id());
        var read = new ArrayList<String>();
        for (var required : task.requires()) {
            read.add(required instanceof ExpandingTask<?> expanding
                    ? items(run, expanding)
                    : run.input(required).text());
        }
        here.works();
        run.output().text(content(task.toString(), read));
    }

    private static String items(TaskRun run, ExpandingTask<?> expanding) {
        var texts = new TreeMap<String, String>();
        run.items(expanding).forEach((item, input) ->
                texts.put(item.toString().replaceFirst(".*name=([a-z]+).*", "$1"), text(input)));
        return texts.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(","));
    }

    private static String text(Input input) {
        try {
            return input.text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a task writes.
    ///
    /// @param read the contents of what it requires
    static String content(String task, List<String> read) {
        var digest = SimulatedS3.sha256(String.join("|", read).getBytes(StandardCharsets.UTF_8));
        return task + " of " + HexFormat.of().formatHex(digest, 0, 6);
    }
}
