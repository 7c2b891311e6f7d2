package dev.baton.run.code;

import dev.baton.run.FieldDigest;
import dev.baton.run.code.ClassMembers.Method;
import dev.baton.task.Reaches;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The hash of a task's code: of its class and all classes of the project and its libraries that it reaches,
/// without what compilers add for debuggers. Edited comments, moved lines and another JDK do not change it; an
/// edited helper changes it for those tasks that reach the helper.
///
/// Of another task, which it requires, only that counts which it can call: how that one runs shows in what it makes, and
/// that is an input. The JDK, Baton and the AWS SDK are left out. What is found by reflection, and resources, have to be
/// named by [Reaches].
public final class CodeHash {
    private static final Map<ClassLoader, CodeHash> BY_LOADER = new WeakHashMap<>();

    private final Map<String, Optional<NormalClass>> normal = new ConcurrentHashMap<>();
    private final Map<String, Optional<OtherTask>> others = new ConcurrentHashMap<>();

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
        var reaches = taskClass.getAnnotation(Reaches.class);
        var classes = hashes.new Search(files, taskClass).run(reaches);
        var resources = new LinkedHashMap<String, byte[]>();
        if (reaches != null) {
            for (var path : reaches.resources()) {
                resources.put(path, resource(files, taskClass, path));
            }
        }
        return new Reached(classes, resources);
    }

    static byte[] resource(ClassFiles files, Class<?> taskClass, String path) {
        return files.resource(path)
                .orElseThrow(() -> new IllegalArgumentException("@Reaches of " + taskClass.getSimpleName()
                        + " names the resource " + path + ", which is not on the class path"));
    }

    static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /// The search for all that one task reaches.
    private final class Search {
        private final ClassFiles files;
        private final String own;
        private final ArrayDeque<String> classes = new ArrayDeque<>();
        private final ArrayDeque<Method> methods = new ArrayDeque<>();
        private final TreeMap<String, String> reached = new TreeMap<>();
        private final Map<String, OtherTask> tasks = new HashMap<>();
        private final Map<String, TreeMap<String, String>> kept = new HashMap<>();
        private final Set<Method> called = new HashSet<>();

        Search(ClassFiles files, Class<?> task) {
            this.files = files;
            this.own = internal(task);
            classes.add(own);
        }

        SortedMap<String, String> run(@Nullable Reaches reaches) {
            if (reaches != null) {
                List.of(reaches.classes()).forEach(type -> classes.add(internal(type)));
            }
            while (!classes.isEmpty() || !methods.isEmpty()) {
                if (!classes.isEmpty()) {
                    open(classes.poll());
                } else {
                    keep(methods.poll());
                }
            }
            kept.forEach((name, hashes) -> {
                var digest = new FieldDigest().count(hashes.size());
                hashes.forEach((member, hash) -> digest.add(member).add(hash));
                reached.put(name, digest.hex());
            });
            return reached;
        }

        private void open(String name) {
            if (reached.containsKey(name) || kept.containsKey(name)) {
                return;
            }
            var other = name.equals(own)
                    ? Optional.<OtherTask>empty()
                    : others.computeIfAbsent(name, any -> OtherTask.of(files, any));
            if (other.isPresent()) {
                tasks.put(name, other.get());
                kept.put(name, new TreeMap<>(Map.of("", other.get().header().hash())));
                classes.addAll(other.get().header().references());
                methods.addAll(other.get().open());
                called.forEach(method -> reach(name, other.get(), method));
                return;
            }
            var found = normal.computeIfAbsent(
                    name, missing -> files.project(missing).map(NormalClass::of));
            found.ifPresent(type -> {
                reached.put(name, type.hash());
                classes.addAll(type.references());
                call(type.calls());
            });
        }

        private void call(Set<Method> named) {
            for (var method : named) {
                if (called.add(method)) {
                    tasks.forEach((name, task) -> reach(name, task, method));
                }
            }
        }

        /// What a call reaches of another task: its own method, or through an interface one that Baton calls.
        private void reach(String name, OtherTask task, Method method) {
            if (method.owner().equals(name)) {
                methods.add(method);
            } else if (OtherTask.isAsked(method)) {
                methods.addAll(task.answering(method));
            }
        }

        /// A method of another task.
        private void keep(Method method) {
            var code =
                    Objects.requireNonNull(tasks.get(method.owner())).methods().get(method);
            if (code != null
                    && Objects.requireNonNull(kept.get(method.owner()))
                                    .put(method.signature(), code.normal().hash())
                            == null) {
                classes.addAll(code.normal().references());
                call(code.calls());
            }
        }
    }
}
