package dev.baton.local.lambda.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/// Lambda's Java runtime: a JVM and the runtime interface client on its class path.
///
/// @param java the launcher of the JVM
/// @param classPath `aws-lambda-java-runtime-interface-client` and what it needs
/// @param options for every JVM, after those that Lambda gives
/// @param processes how many JVMs may live at a time, at least 1. Lambda has no such limit below an account's 1,000,
///     but a laptop has; an invocation that finds none free waits
public record JavaRuntime(Path java, List<Path> classPath, List<String> options, int processes) {
    /// A class of each jar that the client consists of.
    private static final List<String> PARTS = List.of(
            "com/amazonaws/services/lambda/runtime/RequestStreamHandler.class",
            "com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class",
            "com/amazonaws/services/lambda/runtime/serialization/PojoSerializer.class",
            "software/amazon/awssdk/utilslite/SdkInternalThreadLocal.class");

    private static final String CLIENT = "aws-lambda-java-runtime-interface-client";
    private static final int LEAST_PROCESSES = 8;
    private static final int MOST_PROCESSES = 64;
    /// The first release that tells of `sun.misc.Unsafe` being used, and takes this option to be silent.
    private static final int WARNS_OF_UNSAFE = 23;

    public JavaRuntime {
        classPath = List.copyOf(classPath);
        options = List.copyOf(options);
        if (processes < 1) {
            throw new IllegalArgumentException("at least one process is needed, but allowed are " + processes);
        }
    }

    /// The JVM that this process runs on, with the client that is on its class path, and as many at a time as the
    /// machine's memory has room for.
    ///
    /// @throws IllegalStateException where the class path lacks the client
    public static JavaRuntime ofThisJvm() {
        var classPath = PARTS.stream().map(JavaRuntime::jarOf).distinct().toList();
        return new JavaRuntime(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                List.of(),
                processesFor(memoryBytes()));
    }

    /// One for each half gigabyte of the machine's memory: a task's process has about 150 MB, and is not alone there.
    static int processesFor(long memoryBytes) {
        return Math.clamp(memoryBytes >> 29, LEAST_PROCESSES, MOST_PROCESSES);
    }

    private static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static Path jarOf(String resource) {
        var found = JavaRuntime.class.getClassLoader().getResource(resource);
        if (found == null) {
            throw new IllegalStateException("Lambda's runtime client is not on the class path: " + resource
                    + " is missing; add com.amazonaws:" + CLIENT);
        }
        try {
            var connection = (JarURLConnection) found.openConnection();
            return Path.of(connection.getJarFileURL().toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same with jars on the class path of the JVM itself, as container images have them. Only classes from there
    /// can be in a CDS archive or an AOT cache.
    public JavaRuntime withClasses(List<Path> jars) {
        var all = new ArrayList<>(classPath);
        all.addAll(jars);
        return new JavaRuntime(java, all, options, processes);
    }

    /// The same with more options for every JVM.
    public JavaRuntime with(List<String> more) {
        var all = new ArrayList<>(options);
        all.addAll(more);
        return new JavaRuntime(java, classPath, all, processes);
    }

    /// The command of a function's process.
    ///
    /// The options are those of Lambda's own `java17` and later runtimes, seen in their process tables: 85 % of the
    /// memory for the heap, the serial collector, C1 only.
    List<String> command(int memoryMegabytes, Path temporary, Path nativeClient, String handler) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.add("-XX:MaxHeapSize=" + heapKilobytes(memoryMegabytes) + "k");
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-Djava.net.preferIPv4Stack=true",
                "-XX:+ErrorFileToStderr",
                "-Djava.io.tmpdir=" + temporary,
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + nativeClient));
        command.addAll(options);
        command.addAll(List.of("-classpath", joined(), "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"));
        command.add(handler);
        return command;
    }

    /// 85 % of the memory, rounded: 512 MB give 445,645 kB.
    static long heapKilobytes(int memoryMegabytes) {
        return Math.round(memoryMegabytes * 1024L * 0.85);
    }

    private String joined() {
        return String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
    }

    /// Unpacks the client's native part. Left to itself the client unpacks it to one and the same file of `/tmp` in
    /// every process, under the feet of those that have it loaded.
    public Path unpackNativeClient(Path folder) {
        var jar = classPath.stream()
                .filter(path -> path.getFileName().toString().startsWith(CLIENT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(CLIENT + " is not among " + classPath));
        var library = "libaws-lambda-jni." + platform() + ".so";
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.getEntry("jni/" + library);
            if (entry == null) {
                throw new IllegalStateException(CLIENT + " has nothing for this platform, " + platform());
            }
            var file = folder.resolve(library);
            try (var in = zip.getInputStream(entry)) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String platform() {
        var arch = System.getProperty("os.arch");
        var arm = arch.equals("aarch64") || arch.equals("arm64");
        return system() + "-" + (arm ? "aarch_64" : "x86_64");
    }

    private static String system() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (!name.startsWith("linux")) {
            return name;
        }
        try (var libraries = Files.list(Path.of("/lib"))) {
            return libraries.anyMatch(path -> path.getFileName().toString().startsWith("ld-musl-"))
                    ? "linux_musl"
                    : "linux";
        } catch (IOException e) {
            return "linux";
        }
    }
}
