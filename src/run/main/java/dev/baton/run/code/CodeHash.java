package dev.baton.run.code;

import dev.baton.run.FieldDigest;
import dev.baton.task.Reaches;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// The hash of a task's code: of its class and all classes of the project and its libraries that it reaches,
/// without what compilers add for debuggers. Edited comments, moved lines and another JDK do not change it; an
/// edited helper changes it for those tasks that reach the helper.
///
/// The JDK, Baton and the AWS SDK are left out. What is found by reflection, and resources, have to be named by
/// [Reaches].
public final class CodeHash {
    private static final Map<ClassLoader, CodeHash> BY_LOADER = new WeakHashMap<>();

    private final Map<String, Optional<NormalClass>> normal = new ConcurrentHashMap<>();

    private CodeHash() {}

    /// The code that a task reaches.
    ///
    /// @param classes the hash of each class without what does not matter, by its internal name
    /// @param resources the content of each, by its path, in the order of [Reaches]
    record Reached(SortedMap<String, String> classes, Map<String, byte[]> resources) {}

    /// @return 64 hexadecimal digits
    /// @throws IllegalArgumentException when a resource that [Reaches] names is missing
    public static String of(Class<?> taskClass) {
        var reached = reached(taskClass);
        var digest = new FieldDigest().count(reached.classes().size());
        reached.classes().forEach((name, hash) -> digest.add(name).add(hash));
        reached.resources().forEach((path, content) -> digest.add(path).add(content));
        return digest.hex();
    }

    static Reached reached(Class<?> taskClass) {
        var files = new ClassFiles(taskClass);
        CodeHash hashes;
        synchronized (BY_LOADER) {
            hashes = BY_LOADER.computeIfAbsent(files.loader(), loader -> new CodeHash());
        }
        return hashes.reached(taskClass, files);
    }

    private Reached reached(Class<?> taskClass, ClassFiles files) {
        var open = new ArrayDeque<String>();
        open.add(internal(taskClass));
        var reaches = taskClass.getAnnotation(Reaches.class);
        if (reaches != null) {
            for (var type : reaches.classes()) {
                open.add(internal(type));
            }
        }
        var reached = new TreeMap<String, String>();
        while (!open.isEmpty()) {
            var name = open.poll();
            if (reached.containsKey(name)) {
                continue;
            }
            var found = normal.computeIfAbsent(
                    name, missing -> files.project(missing).map(NormalClass::of));
            found.ifPresent(type -> {
                reached.put(name, type.hash());
                open.addAll(type.references());
            });
        }
        var resources = new LinkedHashMap<String, byte[]>();
        if (reaches != null) {
            for (var path : reaches.resources()) {
                resources.put(path, resource(files, taskClass, path));
            }
        }
        return new Reached(reached, resources);
    }

    static byte[] resource(ClassFiles files, Class<?> taskClass, String path) {
        return files.resource(path)
                .orElseThrow(() -> new IllegalArgumentException("@Reaches of " + taskClass.getSimpleName()
                        + " names the resource " + path + ", which is not on the class path"));
    }

    static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
