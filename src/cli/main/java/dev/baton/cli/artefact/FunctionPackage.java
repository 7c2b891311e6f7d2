package dev.baton.cli.artefact;

import dev.baton.compiler.artefact.ArtefactLoader;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.lambda.TaskFunction;
import dev.baton.name.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// The package of a pipeline's functions: Baton's deployed jar, and the jars of the pipeline and of what it needs, all
/// in the folder `lib`, where Lambda's Java runtime looks for jars.
public final class FunctionPackage {
    /// The deployed jar, as the launcher found it.
    private static final String JAR = "baton.function.jar";

    /// What functions have besides that people ask, as the launcher found it.
    private static final String PEOPLE = "baton.people.jar";

    private final Map<String, byte[]> jars;
    private final Set<String> own;
    /// Of some tens of megabytes each, asked for by every function that is compared.
    private @Nullable String hash;
    private @Nullable String runtimeHash;

    /// @param own the names of the pipeline's own jars, and of those that it needs
    private FunctionPackage(Map<String, byte[]> jars, Set<String> own) {
        this.jars = jars;
        this.own = own;
    }

    /// The package of the pipeline that a root task belongs to.
    ///
    /// The pipeline's jars are those of the class loader that has it, where it has one of its own; else the jar that it
    /// comes from, and those in the folder `lib` beside that.
    public static FunctionPackage of(Class<?> root) {
        return of(sources(root), own(root, deployedJar() != null));
    }

    /// The package of a pipeline whose jars are known.
    public static FunctionPackage of(List<Path> own) {
        var sources = deployed();
        sources.addAll(own);
        return of(sources, new LinkedHashSet<>(own));
    }

    /// The package that a ZIP file holds, as [#zipTo] wrote it. What is not of this Baton is the pipeline's own.
    public static FunctionPackage read(byte[] zip) throws IOException {
        var jars = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().startsWith("lib/") && !entry.isDirectory()) {
                    jars.put(entry.getName().substring("lib/".length()), in.readAllBytes());
                }
            }
        }
        var own = new HashSet<>(jars.keySet());
        own.removeAll(of(deployed(), Set.of()).names());
        return new FunctionPackage(jars, own);
    }

    private static FunctionPackage of(Set<Path> sources, Set<Path> own) {
        var jars = new TreeMap<String, byte[]>();
        var names = new HashSet<String>();
        for (var source : sources) {
            var name = add(source, jars);
            if (own.contains(source)) {
                names.add(name);
            }
        }
        return new FunctionPackage(jars, names);
    }

    /// The files and folders that the package of a root task's pipeline is made of.
    public static Set<Path> sources(Class<?> root) {
        var sources = deployed();
        sources.addAll(own(root, deployedJar() != null));
        return sources;
    }

    /// The files and folders that [#runtimeHash] of the package of a root task's pipeline follows from: the same for
    /// all pipelines whose own are not among those that all have.
    public static Set<Path> runtimeSources(Class<?> root) {
        var runtime = deployed();
        var own = own(root, deployedJar() != null);
        var names = own.stream().map(Path::getFileName).collect(Collectors.toSet());
        return runtime.stream().map(Path::getFileName).anyMatch(names::contains) ? sources(root) : runtime;
    }

    private static Set<Path> deployed() {
        var deployed = deployedJar();
        // Where nothing was packaged: what this process itself runs on has the same classes, and more.
        return new LinkedHashSet<>(deployed == null ? classPath() : List.of(deployed));
    }

    /// The jar of Baton that is deployed; null where it was not packaged.
    public static @Nullable Path deployedJar() {
        var told = System.getProperty(JAR, "");
        if (!told.isEmpty()) {
            return Path.of(told);
        }
        var handlers = source(TaskFunction.class);
        var name = handlers.getFileName().toString();
        if (!name.endsWith(".jar")) {
            return null;
        }
        var beside = handlers.resolveSibling(name.substring(0, name.length() - ".jar".length()) + "-deployed.jar");
        return Files.isRegularFile(beside) ? beside : null;
    }

    /// The jar that functions have besides which people ask, with Cedar and what verifies tokens; null where it was not
    /// packaged.
    public static @Nullable Path peopleJar() {
        var told = System.getProperty(PEOPLE, "");
        if (!told.isEmpty()) {
            return Path.of(told);
        }
        var deployed = deployedJar();
        if (deployed == null) {
            return null;
        }
        var beside = deployed.resolveSibling(
                deployed.getFileName().toString().replaceFirst("-deployed\\.jar\\z", "") + "-people.jar");
        return Files.isRegularFile(beside) ? beside : null;
    }

    /// The package of those functions of the same pipeline that people ask: the same with [#peopleJar]. Where nothing
    /// was packaged, what this process runs on has it all.
    ///
    /// @throws DiagnosticException CLI115 when only the other jar was packaged
    public FunctionPackage governed() {
        var deployed = deployedJar();
        if (deployed == null) {
            return this;
        }
        var people = peopleJar();
        if (people == null) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI115",
                    Location.named(deployed.toString()),
                    "is the jar of all functions, and beside it there is no -people.jar for those that ask policies"
                            + " about people",
                    "build Baton whole: mvn -DskipTests package"));
        }
        var all = new TreeMap<>(jars);
        add(people, all);
        return new FunctionPackage(all, own);
    }

    private static Set<Path> own(Class<?> root, boolean alone) {
        switch (root.getClassLoader()) {
            case ArtefactLoader loader -> {
                return new LinkedHashSet<>(loader.jars());
            }
            case URLClassLoader loader -> {
                return new LinkedHashSet<>(
                        Stream.of(loader.getURLs()).map(FunctionPackage::path).toList());
            }
            default -> {}
        }
        var own = new LinkedHashSet<Path>();
        var source = source(root);
        own.add(source);
        var needed = source.resolveSibling("lib");
        if (Files.isDirectory(needed)) {
            try (var inside = Files.list(needed)) {
                inside.filter(path -> path.toString().endsWith(".jar")).sorted().forEach(own::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (alone) {
            classPath().stream().filter(path -> !isBaton(path)).forEach(own::add);
        }
        return own;
    }

    private static boolean isBaton(Path path) {
        return Files.isDirectory(path) || path.getFileName().toString().startsWith("baton-");
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /// The jar or folder that a class comes from.
    public static Path source(Class<?> type) {
        return path(Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                .getLocation());
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String add(Path source, Map<String, byte[]> jars) {
        try {
            var folder = Files.isDirectory(source);
            var name = folder
                    ? "classes-" + jars.size() + ".jar"
                    : source.getFileName().toString();
            jars.put(name, folder ? jar(source) : Files.readAllBytes(source));
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A folder of classes as a jar, the same bytes each time.
    public static byte[] jar(Path folder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                var inside = Files.walk(folder)) {
            for (var file : inside.filter(Files::isRegularFile).sorted().toList()) {
                put(
                        jar,
                        new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')),
                        Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, ZipEntry entry, byte[] content) throws IOException {
        entry.setLastModifiedTime(FileTime.fromMillis(315_532_800_000L));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /// The names of what the package holds.
    public Set<String> names() {
        return jars.keySet();
    }

    /// SHA-256 over names and contents, in hex.
    public String hash() {
        return hash = hash == null ? hash(jars) : hash;
    }

    /// [#hash] of all but the pipeline's own jars: what its functions run besides its code.
    public String runtimeHash() {
        if (runtimeHash == null) {
            var others = new TreeMap<>(jars);
            others.keySet().removeAll(own);
            var people = peopleJar();
            if (people != null) {
                add(people, others);
            }
            runtimeHash = hash(others);
        }
        return runtimeHash;
    }

    /// The names of the jars of this Baton that the package has not, or with other content.
    public List<String> otherRuntime() {
        return of(deployed(), Set.of()).jars.entrySet().stream()
                .filter(jar -> !Arrays.equals(jar.getValue(), jars.get(jar.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Writes the pipeline's own jars into a folder.
    ///
    /// @return their paths, by name
    public List<Path> unpackOwn(Path folder) throws IOException {
        var paths = new ArrayList<Path>();
        for (var jar : jars.entrySet()) {
            // The name is one of a file in a folder, whatever the package says.
            var name = Path.of(jar.getKey()).getFileName().toString();
            if (own.contains(jar.getKey())) {
                paths.add(Files.write(folder.resolve(name), jar.getValue()));
            }
        }
        return paths;
    }

    private static String hash(Map<String, byte[]> jars) {
        var digest = Sha256.start();
        for (var jar : jars.entrySet()) {
            digest.update((jar.getKey() + "\0" + jar.getValue().length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(jar.getValue());
        }
        return Sha256.hex(digest);
    }

    /// Unpacks it into a folder of its own, named by what it holds: running functions keep theirs.
    ///
    /// @return the folder that is Lambda's task root
    public Path unpackIn(Path folder) {
        var root = folder.resolve(hash().substring(0, 16));
        if (Files.isDirectory(root)) {
            return root;
        }
        try {
            Files.createDirectories(folder);
            var making = Files.createTempDirectory(folder, "making-");
            var lib = Files.createDirectory(making.resolve("lib"));
            for (var jar : jars.entrySet()) {
                Files.write(lib.resolve(jar.getKey()), jar.getValue());
            }
            try {
                Files.move(making, root, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker, with the same.
                return root;
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes it as the ZIP file that Lambda takes.
    public void zipTo(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        // Jars are compressed already.
        zip.setLevel(1);
        for (var jar : new LinkedHashMap<>(jars).entrySet()) {
            put(zip, new ZipEntry("lib/" + jar.getKey()), jar.getValue());
        }
        zip.finish();
    }
}
