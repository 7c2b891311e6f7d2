package dev.baton.run.code;

import dev.baton.run.FieldDigest;
import dev.baton.run.code.ClassMembers.Method;
import dev.baton.task.Reaches;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The hash of the code that says what a graph is: what tasks require, where their outputs are, what they declare, and
/// all that these reach before any task runs.
///
/// A function finds its task in the graph that its own package makes, from the root down. So an edit of this code
/// concerns every function of the pipeline, also where the edit shows for no sample. What takes something that only a
/// run has, a [dev.baton.task.TaskRun], an [dev.baton.task.Input] or an [dev.baton.task.Output], is left out, and with
/// it what nothing else calls: an edit of that concerns the task's own function alone, whose [CodeHash] tells.
public final class GraphCode {
    private final ClassFiles files;
    private final TreeMap<String, ClassMembers> opened = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final TreeMap<String, String> kept = new TreeMap<>();
    private final ArrayDeque<String> classes = new ArrayDeque<>();
    private final ArrayDeque<Method> methods = new ArrayDeque<>();

    private GraphCode(ClassFiles files) {
        this.files = files;
    }

    /// @param tasks all classes of a graph's tasks, those of items and external ones too
    /// @return 64 hexadecimal digits
    /// @throws IllegalArgumentException when a resource that [Reaches] names is missing
    public static String of(Collection<? extends Class<?>> tasks) {
        var byLoader = new LinkedHashMap<ClassLoader, GraphCode>();
        var resources = new TreeMap<String, byte[]>();
        for (var task : tasks) {
            var files = new ClassFiles(task);
            var code = byLoader.computeIfAbsent(files.loader(), loader -> new GraphCode(files));
            code.classes.add(CodeHash.internal(task));
            var reaches = task.getAnnotation(Reaches.class);
            if (reaches != null) {
                List.of(reaches.classes()).forEach(type -> code.classes.add(CodeHash.internal(type)));
                List.of(reaches.resources()).forEach(path -> resources.put(path, CodeHash.resource(files, task, path)));
            }
        }
        var found = new TreeMap<String, String>();
        byLoader.values().forEach(code -> found.putAll(code.reached()));
        var digest = new FieldDigest().count(found.size());
        found.forEach((name, hash) -> digest.add(name).add(hash));
        resources.forEach((path, content) -> digest.add(path).add(content));
        return digest.hex();
    }

    /// What is reached, classes without their methods and methods, with their hashes.
    private Map<String, String> reached() {
        while (!classes.isEmpty() || !methods.isEmpty()) {
            if (!classes.isEmpty()) {
                open(classes.poll());
            } else {
                keep(methods.poll());
            }
        }
        return kept;
    }

    private void open(String name) {
        if (!seen.add(name)) {
            return;
        }
        files.project(name).map(ClassMembers::of).ifPresent(type -> {
            opened.put(name, type);
            kept.put(name, type.header().hash());
            classes.addAll(type.header().references());
            methods.addAll(type.before());
        });
    }

    private void keep(Method method) {
        open(method.owner());
        var type = opened.get(method.owner());
        var code = type == null ? null : type.methods().get(method);
        if (code != null && kept.putIfAbsent(method.toString(), code.normal().hash()) == null) {
            classes.addAll(code.normal().references());
            methods.addAll(code.calls());
        }
    }
}
