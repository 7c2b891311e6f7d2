package dev.baton.compiler.internal.access;

import dev.baton.task.run.StateKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The objects of the state bucket, as patterns for policies.
final class StateObjects {
    static final String BUCKET = "arn:${Partition}:s3:::${StateBucket}";

    private StateObjects() {}

    static String arn(String key) {
        return BUCKET + "/" + key;
    }

    /// What the runner of a class writes.
    static List<String> written(String pipeline, Class<?> taskClass) {
        return List.of(arn(StateKeys.completions(taskClass) + "*"), arn(StateKeys.donePattern(pipeline, taskClass)));
    }

    /// The keys that show what some classes have completed.
    static List<String> keys(String pipeline, Collection<? extends Class<?>> taskClasses) {
        var keys = new ArrayList<String>();
        for (var taskClass : taskClasses) {
            keys.add(StateKeys.completions(taskClass) + "*");
            keys.add(StateKeys.donePattern(pipeline, taskClass));
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
