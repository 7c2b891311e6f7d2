package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.TaskClass;
import dev.baton.task.run.StateKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The objects of the state bucket, as patterns for policies.
final class StateObjects {
    static final String BUCKET = "arn:${Partition}:s3:::${StateBucket}";

    private StateObjects() {}

    static String arn(String key) {
        return BUCKET + "/" + key;
    }

    /// The keys that the runner of a class writes.
    static List<String> written(String pipeline, TaskClass type) {
        var keys = new ArrayList<String>();
        keys.add(StateKeys.completions(type.type()) + "*");
        if (type.expanding().isEmpty()) {
            keys.add(StateKeys.donePattern(pipeline, type.type()));
        }
        if (type.expands()) {
            keys.add(StateKeys.itemsPattern(pipeline, type.type()));
        }
        if (type.onFargate()) {
            keys.add(StateKeys.answersPattern(pipeline, type.type()));
        }
        return keys;
    }

    /// The keys that show what the tasks of a class, and those that they require, have completed.
    static Set<String> read(String pipeline, TaskClass type) {
        var keys = new TreeSet<>(written(pipeline, type));
        for (var input : type.inputs()) {
            if (input.external()) {
                keys.add(pins(pipeline));
                continue;
            }
            keys.add(StateKeys.completions(input.taskClass()) + "*");
            keys.add(StateKeys.donePattern(pipeline, input.taskClass()));
            if (input.items().isPresent()) {
                keys.add(StateKeys.itemsPattern(pipeline, input.taskClass()));
            }
        }
        return keys;
    }

    /// Every key of every run of a pipeline.
    static String runs(String pipeline) {
        return "runs/" + pipeline + "/*";
    }

    static String awaits(String pipeline) {
        return runs(pipeline) + "/awaits/*";
    }

    static String pins(String pipeline) {
        return runs(pipeline) + "/pin.json";
    }
}
