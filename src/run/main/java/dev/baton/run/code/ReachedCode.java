package dev.baton.run.code;

import dev.baton.run.code.LoadingCode.Call;
import dev.baton.task.Reaches;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The code that a pipeline reaches from its root task, held against what is there: classes that are missing, and class
/// files that functions are too old for.
///
/// The project's own classes, those whose packages begin as the root's does, are taken at their word: whatever an
/// instruction of theirs names has to be there, except between a `try` and a `catch` of what is thrown where it is not.
/// Libraries name much that nobody need have. Of these only that counts which surely runs: the supertypes of a class
/// that is used, its initialiser, and from each constructor or static method that is called the instructions up to the
/// first branch.
///
/// @param missing each class once, with the first that needs it
/// @param newer by internal name, class files of a version that [#LATEST] does not reach
public record ReachedCode(List<MissingClass> missing, Map<String, ClassFile> newer) {
    /// The newest class files that the functions' runtime, Java 21, loads.
    public static final int LATEST = 65;

    private static final ClassValue<ReachedCode> FOUND = new ClassValue<>() {
        @Override
        protected ReachedCode computeValue(Class<?> type) {
            return new Search(type).run();
        }
    };

    public ReachedCode {
        missing = List.copyOf(missing);
        newer = Map.copyOf(newer);
    }

    /// A class file of a jar.
    ///
    /// @param jar the file name of the jar, or folder
    /// @param version the major version, 65 of Java 21
    public record ClassFile(String jar, int version) {}

    /// What the code of a pipeline reaches.
    ///
    /// @param root the class of its root task
    public static ReachedCode from(Class<?> root) {
        return FOUND.get(root);
    }

    /// The major version of a class file.
    public static int version(byte[] classFile) {
        return classFile.length < 8 ? 0 : (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }

    private static final class Search {
        private final ClassFiles files;
        private final ProjectNames project;
        private final Map<String, Boolean> there = new HashMap<>();
        private final Map<String, Optional<LoadingCode>> read = new HashMap<>();
        private final Map<String, MissingClass> missing = new TreeMap<>();
        private final Map<String, ClassFile> newer = new TreeMap<>();
        private final Set<String> seen = new HashSet<>();
        private final Set<Call> followed = new HashSet<>();
        private final Set<String> loaded = new HashSet<>();
        private final ArrayDeque<String> own = new ArrayDeque<>();
        private final ArrayDeque<Call> calls = new ArrayDeque<>();

        Search(Class<?> root) {
            files = new ClassFiles(root);
            project = ProjectNames.of(root);
            own.add(CodeHash.internal(root));
            var reaches = root.getAnnotation(Reaches.class);
            if (reaches != null) {
                List.of(reaches.classes()).forEach(type -> own.add(CodeHash.internal(type)));
            }
        }

        ReachedCode run() {
            while (!own.isEmpty() || !calls.isEmpty()) {
                if (own.isEmpty()) {
                    follow(calls.poll());
                } else {
                    open(own.poll());
                }
            }
            return new ReachedCode(List.copyOf(missing.values()), newer);
        }

        private void open(String name) {
            if (!seen.add(name)) {
                return;
            }
            read(name).ifPresent(type -> {
                type.named().stream().filter(project::contains).forEach(own::add);
                type.parents().forEach(parent -> need(parent, name));
                type.methods().values().forEach(method -> {
                    method.all().forEach(used -> need(used, name));
                    calls.addAll(method.allCalls());
                });
            });
        }

        /// A method of a library that surely runs.
        private void follow(Call call) {
            if (project.contains(call.owner()) || !followed.add(call)) {
                return;
            }
            initialise(call.owner());
            read(call.owner()).ifPresent(type -> {
                var method = type.methods().get(call.signature());
                if (method != null) {
                    method.sure().forEach(used -> need(used, call.owner()));
                    calls.addAll(method.sureCalls());
                }
            });
        }

        private void initialise(String name) {
            calls.add(new Call(name, LoadingCode.INITIALISER));
        }

        /// A class that is loaded, and with it all that it extends and implements.
        private void need(String name, String referrer) {
            if (!isThere(name)) {
                missing.computeIfAbsent(name, absent -> new MissingClass(absent, referrer, jar(referrer)));
            } else if (!project.contains(name) && loaded.add(name)) {
                read(name).ifPresent(type -> {
                    type.parents().forEach(parent -> need(parent, name));
                });
            }
        }

        private boolean isThere(String name) {
            return name.startsWith("java/") || there.computeIfAbsent(name, this::find);
        }

        /// A loader of somebody's own may give classes that have no place.
        private boolean find(String name) {
            var file = name + ".class";
            return files.loader().getResource(file) != null
                    || files.resource(file).isPresent();
        }

        /// Nothing for a class of the platform: those come with what they need.
        private Optional<LoadingCode> read(String name) {
            var known = read.get(name);
            if (known == null) {
                known = files.project(name).flatMap(bytes -> read(name, bytes));
                read.put(name, known);
            }
            return known;
        }

        private Optional<LoadingCode> read(String name, byte[] bytes) {
            var version = version(bytes);
            if (version > LATEST) {
                newer.put(name, new ClassFile(jar(name), version));
                return Optional.empty();
            }
            return Optional.of(LoadingCode.of(bytes));
        }

        private String jar(String name) {
            @Nullable URL url = files.loader().getResource(name + ".class");
            if (url == null) {
                return "the class path";
            }
            var place = url.toString();
            var length = place.length() - (name + ".class").length();
            return MissingClass.file(place.substring(0, Math.max(0, length)));
        }
    }
}
