package dev.baton.compiler.artefact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The class loader of one artefact, an author's jars and those that they need, which sees what a function of the
/// account sees and nothing else: the JDK, Baton's deployed jar, and the artefact.
///
/// Lambda's Java runtime lays one class path over all jars under `lib`, in the order of their names, after the JDK
/// (*aws-lambda-java-runtime-interface-client*, `CustomerClassLoader`). So does this loader: of two versions of a
/// library the jar whose name comes first is taken, here as there. What Baton and a task speak through, its API, the
/// AWS SDK and what that shows, is defined once: those classes come from the parent. All other classes of the deployed
/// jar are defined here from that jar, so that nothing of the command itself, nor another version of it, can be seen.
///
/// Where Baton's deployed jar was not packaged, the parent stands in for it, after the artefact.
///
/// A call of `System.exit` or `Runtime.halt` ends the one task, not the process: see [ExitCalls].
public final class ArtefactLoader extends ClassLoader implements AutoCloseable {
    static {
        registerAsParallelCapable();
    }

    /// What handlers and tasks hand to each other, by the packages of the deployed jar.
    private static final List<String> SPOKEN = List.of(
            "dev/baton/",
            "software/amazon/awssdk/",
            "com/amazonaws/services/lambda/",
            "org/slf4j/",
            "org/jspecify/",
            "org/reactivestreams/");

    /// What handlers and tasks share where the deployed jar is the first to have it.
    private static final List<String> SHARED = List.of("io/opentelemetry/", "org/crac/", "org/apache/hc/");

    private static final ClassLoader JDK = ClassLoader.getPlatformClassLoader();

    private final List<Path> jars;
    private final List<OpenJar> path;
    private final @Nullable OpenJar deployed;

    /// @param jars the author's own and those that they need; nobody writes them any more
    /// @param deployed Baton's jar for functions; null where it was not packaged
    /// @param parent which has the classes of that jar too
    /// @throws IOException where a file is not a jar
    public ArtefactLoader(Collection<Path> jars, @Nullable Path deployed, ClassLoader parent) throws IOException {
        super("artefact", parent);
        this.jars = jars.stream().sorted(Comparator.comparing(ArtefactLoader::name)).toList();
        var open = new ArrayList<OpenJar>();
        try {
            for (var jar : this.jars) {
                open.add(new OpenJar(jar));
            }
            this.deployed = deployed == null ? null : new OpenJar(deployed);
        } catch (IOException e) {
            for (var jar : open) {
                jar.close();
            }
            throw e;
        }
        if (this.deployed != null) {
            open.add(this.deployed);
        }
        open.sort(Comparator.comparing(jar -> name(jar.file())));
        this.path = List.copyOf(open);
    }

    private static String name(Path jar) {
        return String.valueOf(jar.getFileName());
    }

    /// The artefact's jars, in the order of their names.
    public List<Path> jars() {
        return jars;
    }

    /// Whether functions have a class: from the JDK, the artefact or the deployed jar.
    ///
    /// @param name internal, `own/LineCount`
    public boolean has(String name) {
        return getResource(name + ".class") != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var type = findLoadedClass(name);
            if (type == null) {
                type = find(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (isOfJdk(name)) {
            return JDK.loadClass(name);
        }
        var file = name.replace('.', '/') + ".class";
        var first = first(file);
        if (first == null) {
            if (deployed == null || name.equals(ExitCalls.TARGET)) {
                return getParent().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
        return isParents(file, first) ? getParent().loadClass(name) : define(name, file, first);
    }

    private static boolean isOfJdk(String name) {
        if (name.startsWith("java.")) {
            return true;
        }
        try {
            JDK.loadClass(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private boolean isParents(String file, OpenJar first) {
        if (SPOKEN.stream().anyMatch(file::startsWith)) {
            return deployed == null ? getParent().getResource(file) != null : deployed.has(file);
        }
        return first == deployed && SHARED.stream().anyMatch(file::startsWith);
    }

    private @Nullable OpenJar first(String file) {
        for (var jar : path) {
            if (jar.has(file)) {
                return jar;
            }
        }
        return null;
    }

    private Class<?> define(String name, String file, OpenJar jar) throws ClassNotFoundException {
        byte[] bytes;
        try {
            bytes = ExitCalls.replaced(jar.read(file));
        } catch (IOException e) {
            throw new ClassNotFoundException(name + " cannot be read from " + jar.file(), e);
        }
        var dot = name.lastIndexOf('.');
        if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
            definePackage(name.substring(0, dot), jar);
        }
        return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(jar.source(), null, this, null));
    }

    /// Libraries ask a package for their own version.
    private void definePackage(String name, OpenJar jar) {
        try {
            definePackage(
                    name,
                    jar.said("Specification-Title"),
                    jar.said("Specification-Version"),
                    jar.said("Specification-Vendor"),
                    jar.said("Implementation-Title"),
                    jar.said("Implementation-Version"),
                    jar.said("Implementation-Vendor"),
                    null);
        } catch (IllegalArgumentException e) {
            // Another thread was quicker, with the same.
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        var found = JDK.getResource(name);
        if (found != null) {
            return found;
        }
        var first = first(name);
        if (first != null) {
            return first.url(name);
        }
        return deployed == null ? getParent().getResource(name) : null;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var all = new ArrayList<>(Collections.list(JDK.getResources(name)));
        path.stream().filter(jar -> jar.has(name)).forEach(jar -> all.add(jar.url(name)));
        return Collections.enumeration(all);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        var first = JDK.getResource(name) == null ? first(name) : null;
        if (first == null) {
            return super.getResourceAsStream(name);
        }
        try {
            return new ByteArrayInputStream(first.read(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Closes the jars; a class that is needed for the first time afterwards is not found.
    @Override
    public void close() {
        path.forEach(OpenJar::close);
    }
}
