package dev.baton.run.code;

import dev.baton.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// Reads class files of projects: all but those of the JDK, of Baton and of the AWS SDK, which have versions of
/// their own and whose change is not a change of a task.
public final class ClassFiles {
    private static final List<String> PLATFORM = List.of(
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            "netscape/javascript/",
            "org/ietf/jgss/",
            "org/jcp/xml/dsig/",
            "org/w3c/dom/",
            "org/xml/sax/",
            "software/amazon/",
            "com/amazonaws/",
            "dev/baton/json/",
            "dev/baton/diagnostic/",
            "org/slf4j/",
            "org/jspecify/",
            "kotlin/",
            "scala/");
    private final ClassLoader loader;

    public ClassFiles(Class<?> type) {
        var own = type.getClassLoader();
        this.loader = own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /// The bytes of a class of a project, or nothing if it is none.
    ///
    /// @param name internal, `dev/baton/weather/City`
    public Optional<byte[]> project(String name) {
        return platform(name) ? Optional.empty() : resource(name + ".class");
    }

    /// The bytes of a resource.
    public Optional<byte[]> resource(String path) {
        try (var in = loader.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    public ClassLoader loader() {
        return loader;
    }

    private static boolean platform(String name) {
        return PLATFORM.stream().anyMatch(name::startsWith) || (name.startsWith("dev/baton/task/") && isBaton(name));
    }

    /// A project's class may stand in a package of Baton's name, as our own tests do; Baton's own comes with Baton.
    private static boolean isBaton(String name) {
        var own = Task.class.getProtectionDomain().getCodeSource();
        var path = name + ".class";
        var url = Task.class.getClassLoader().getResource(path);
        return own == null
                || own.getLocation() == null
                || url == null
                || url.toString().contains(own.getLocation().getPath());
    }
}
