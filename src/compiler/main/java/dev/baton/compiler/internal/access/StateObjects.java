package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.TaskClass;
import dev.baton.run.StateKeys;
import dev.baton.task.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The objects of the state bucket, as patterns for policies.
final class StateObjects {
    static final String BUCKET = "arn:${Partition}:s3:::${StateBucket}";

    private static final int MOST_NAMED = 30;

    private StateObjects() {}

    static String arn(String key) {
        return BUCKET + "/" + key;
    }

    /// A class as it stands in the keys of its records.
    static String className(Class<?> taskClass) {
        var prefix = StateKeys.completions(taskClass);
        return prefix.substring(prefix.indexOf('/') + 1, prefix.length() - 1);
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

    /// The keys that show what the tasks of a class, and those that they require, have completed, and of which code.
    static Set<String> read(String pipeline, TaskClass type) {
        var keys = new TreeSet<>(written(pipeline, type));
        keys.add(StateKeys.codeParts(type.type()) + "*");
        if (type.uses().stream()
                .anyMatch(access -> access instanceof Access.Secret secret
                        && secret.rotation().isPresent())) {
            keys.add(pins(pipeline));
        }
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

    /// The keys that show what earlier runs of a pipeline read and made. With many classes, all that have the start of
    /// their names in common.
    static Set<String> together(String pipeline, List<TaskClass> classes) {
        var keys = new TreeSet<String>();
        keys.add(pins(pipeline));
        var records = classes.stream()
                .map(type -> StateKeys.completions(type.type()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (records.size() > MOST_NAMED) {
            keys.add(common(records.first(), records.last()) + "*");
        } else {
            records.forEach(record -> keys.add(record + "*"));
        }
        for (var type : classes) {
            if (type.expands()) {
                keys.add(StateKeys.itemsPattern(pipeline, type.type()) + ".made.json");
            }
        }
        return keys;
    }

    /// What all begin with that are sorted between two texts.
    private static String common(String first, String last) {
        var length = 0;
        while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        return first.substring(0, length);
    }

    /// Every key of every run of a pipeline.
    static String runs(String pipeline) {
        return "runs/" + pipeline + "/*";
    }

    static String awaits(String pipeline) {
        return runs(pipeline) + "/awaits/*";
    }

    /// What is to be approved in runs, and the tokens of the states that wait for it.
    static String approvals(String pipeline) {
        return runs(pipeline) + "/approvals/*";
    }

    static String redrives(String pipeline) {
        return runs(pipeline) + "/redrives/*";
    }

    /// Who started the executions of a pipeline.
    static String starts(String pipeline) {
        return StateKeys.STARTS + pipeline + "/*";
    }

    static String pins(String pipeline) {
        return runs(pipeline) + "/pin.json";
    }
}
