package dev.baton.cli.bench;

import dev.baton.cli.MeasuredPipeline;
import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.local.Tls;
import dev.baton.local.lambda.function.FunctionCode;
import dev.baton.local.lambda.function.LambdaFunction;
import dev.baton.local.lambda.process.FunctionProcess;
import dev.baton.local.lambda.process.FunctionRuntime;
import dev.baton.local.lambda.process.JavaRuntime;
import dev.baton.local.lambda.process.RuntimeEnvironment;
import dev.baton.local.logs.LogStream;
import dev.baton.weather.Weather;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// How long a task's function takes from the start of its JVM to its first result, under Lambda's own runtime client
/// and against the embedded AWS, beside a handler that only creates the SDK's clients of STS and S3, and one that does
/// nothing; and with an AOT cache, beside without, and as under SnapStart. The task is the example's first one, whole:
/// its session, its inputs, its output, its record, its `done`. Beside it the function that starts runs, told of an
/// upload whose run is complete. With `-Dbaton.cold.other=JAR` all this of another deployed jar too, such as one of
/// before a change.
///
/// Rounds of all kinds alternate. Medians of wall time are compared, and of processor time, which a busy machine
/// distorts less.
///
/// `.ci/bench dev.baton.cli.bench.ColdStartBenchmark`, with the number of rounds behind it, and behind that `https` to
/// have all of them ask by HTTPS, of a server whom a trust store vouches for that holds the JVM's own authorities too.
public final class ColdStartBenchmark {
    private static final int ROUNDS = 7;
    private static final int MEGABYTES = 1_769;
    private static final String DEPLOYED_JAR = "baton.function.jar";

    private final MeasuredPipeline weather;
    private final Path folder;
    private final Path nativeClient;
    private final JavaRuntime runtime;
    private final Map<String, String> endpoint;

    private ColdStartBenchmark(
            MeasuredPipeline weather, Path folder, JavaRuntime runtime, Map<String, String> endpoint) {
        this.weather = weather;
        this.folder = folder;
        this.runtime = runtime;
        this.endpoint = endpoint;
        this.nativeClient = runtime.unpackNativeClient(folder);
    }

    /// One cold start.
    private record Start(double wallMillis, double processorMillis) {}

    /// What is started.
    ///
    /// @param function whose role and variables it has
    private record Kind(
            String name,
            String function,
            JavaRuntime runtime,
            List<String> options,
            Path root,
            String handler,
            Supplier<byte[]> event) {

        Kind(String name, JavaRuntime runtime, Path root, String handler, Supplier<byte[]> event) {
            this(name, MeasuredPipeline.TASK, runtime, List.of(), root, handler, event);
        }

        Kind with(String name, List<String> more) {
            var all = new ArrayList<>(options);
            all.addAll(more);
            return new Kind(name, function, runtime, all, root, handler, event);
        }

        /// This one as it goes on after a snapshot.
        Kind restored() {
            return with(name + ", restored", List.of());
        }

        /// Options as a deployment gives them to Lambda's JVM: by a variable of the function.
        Map<String, String> variables() {
            return options.isEmpty() ? Map.of() : Map.of("JAVA_TOOL_OPTIONS", String.join(" ", options));
        }
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("baton-cold-");
        var rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        var runtime = JavaRuntime.ofThisJvm();
        try (var weather = new MeasuredPipeline()) {
            if (arguments.length > 1 && arguments[1].equals("https")) {
                var tls = Tls.throwAway(folder.resolve("tls"));
                var plain =
                        URI.create(weather.environment(MeasuredPipeline.TASK).get("AWS_ENDPOINT_URL"));
                try (var front = new TlsFront(tls, plain)) {
                    var endpoint = Map.of("AWS_ENDPOINT_URL", front.endpoint().toString());
                    new ColdStartBenchmark(weather, folder, runtime.with(tls.options()), endpoint).run(rounds);
                }
            } else {
                new ColdStartBenchmark(weather, folder, runtime, Map.of()).run(rounds);
            }
        } finally {
            try (var inside = Files.walk(folder)) {
                inside.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
        System.exit(0);
    }

    private void run(int rounds) throws IOException, InterruptedException {
        var root = FunctionPackage.of(Weather.PIPELINE.root()).unpackIn(folder.resolve("task"));
        var bareRoot = FunctionPackage.of(List.of(bareClasses())).unpackIn(folder.resolve("bare"));
        System.out.printf("the task's package: %s%n", sizes(root));
        Supplier<byte[]> task = weather::taskEvent;
        var plain = new Kind("task", runtime, root, "dev.baton.lambda.TaskFunction", task);
        var kinds = new ArrayList<>(List.of(
                plain,
                new Kind("bare", runtime, bareRoot, BareHandler.class.getName(), () -> "\"create\"".getBytes()),
                new Kind("bare, 2 calls", runtime, bareRoot, BareHandler.class.getName(), () -> "\"call\"".getBytes()),
                new Kind("empty", runtime, bareRoot, EmptyHandler.class.getName(), () -> "\"nothing\"".getBytes())));
        var onClassPath = kinds.size();
        addOnClassPath("task", root, task, kinds);
        kinds.add(start("start", root));
        var restoring = new ArrayList<>(List.of(plain.restored()));
        var other = System.getProperty("baton.cold.other");
        var others = kinds.size();
        if (other != null) {
            var deployed = System.setProperty(DEPLOYED_JAR, other);
            var otherRoot = FunctionPackage.of(Weather.PIPELINE.root()).unpackIn(folder.resolve("other"));
            System.setProperty(DEPLOYED_JAR, String.valueOf(deployed));
            var before = new Kind("other task", runtime, otherRoot, plain.handler(), task);
            kinds.add(before);
            addOnClassPath("other task", otherRoot, task, kinds);
            kinds.add(start("other start", otherRoot));
            restoring.add(before.restored());
        }

        var profile = System.getProperty("baton.profile");
        if (profile != null) {
            // One start of each, with more options, such as -Xlog:class+load:file=…%p
            for (var kind : kinds) {
                start(kind.with(kind.name(), List.of(profile)));
            }
            return;
        }
        var starts = new LinkedHashMap<Kind, List<Start>>();
        for (var round = 0; round < rounds; round++) {
            for (var kind : kinds) {
                starts.computeIfAbsent(kind, any -> new ArrayList<>()).add(start(kind));
            }
            for (var kind : restoring) {
                starts.computeIfAbsent(kind, any -> new ArrayList<>()).add(restored(kind));
            }
        }
        for (var kind : List.copyOf(starts.keySet())) {
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %7.0f ms wall  %7.0f ms processor   (medians of %d)%n",
                    kind.name(),
                    median(starts.get(kind), Start::wallMillis),
                    median(starts.get(kind), Start::processorMillis),
                    rounds);
        }
        compare("task / bare", starts.get(kinds.get(0)), starts.get(kinds.get(1)));
        compare("task / bare with two calls", starts.get(kinds.get(0)), starts.get(kinds.get(2)));
        compare("task / empty", starts.get(kinds.get(0)), starts.get(kinds.get(3)));
        compare("without cache / with cache", starts.get(kinds.get(0)), starts.get(kinds.get(onClassPath + 1)));
        compare("the same on a class path", starts.get(kinds.get(onClassPath)), starts.get(kinds.get(onClassPath + 1)));
        compare("cold / restored (SnapStart)", starts.get(kinds.get(0)), starts.get(restoring.getFirst()));
        if (other != null) {
            for (var number = 0; number < 4; number++) {
                var kind = kinds.get(number == 0 ? 0 : onClassPath + number - 1);
                compare(kind.name() + " / other", starts.get(kind), starts.get(kinds.get(others + number)));
            }
            compare("restored / other", starts.get(restoring.getFirst()), starts.get(restoring.getLast()));
        }
    }

    /// Archives and caches hold classes of the JVM's own class path only, as a container image has them.
    private void addOnClassPath(String name, Path root, Supplier<byte[]> task, List<Kind> kinds)
            throws IOException, InterruptedException {
        var flat = runtime.withClasses(jars(root));
        var empty = Files.createDirectories(folder.resolve("empty"));
        var onClassPath = new Kind(name + ", class path", flat, empty, "dev.baton.lambda.TaskFunction", task);
        kinds.add(onClassPath);
        var cache = folder.resolve(name.replace(' ', '-') + ".cache");
        var aot = Runtime.version().feature() >= 25;
        // Lambda compiles with C1 only. What a training run tells of methods is for C2: replayed, it costs and gives
        // nothing.
        var training = aot
                ? List.of("-XX:AOTCacheOutput=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining")
                : List.of("-XX:ArchiveClassesAtExit=" + cache);
        var using = aot ? "-XX:AOTCache=" + cache : "-XX:SharedArchiveFile=" + cache;
        train(onClassPath.with("training", training));
        System.out.printf(Locale.ROOT, "%s: %.1f MB%n", aot ? "AOT cache" : "CDS archive", Files.size(cache) / 1e6);
        kinds.add(onClassPath.with(name + (aot ? ", AOT cache" : ", CDS archive"), List.of(using)));
    }

    private Kind start(String name, Path root) {
        return new Kind(
                name,
                MeasuredPipeline.START,
                runtime,
                List.of(),
                root,
                "dev.baton.lambda.StartFunction",
                weather::startEvent);
    }

    private static void compare(String name, List<Start> one, List<Start> other) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %.2f by wall, %.2f by processor time%n",
                name,
                median(one, Start::wallMillis) / median(other, Start::wallMillis),
                median(one, Start::processorMillis) / median(other, Start::processorMillis));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> of) {
        var sorted = starts.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private Start start(Kind kind) throws IOException, InterruptedException {
        var event = kind.event().get();
        var began = System.nanoTime();
        try (var process = process(kind)) {
            var outcome = process.run(weather.invocation(kind.function(), event));
            var wall = (System.nanoTime() - began) / 1e6;
            if (outcome.errorType() != null) {
                throw new IllegalStateException(kind.name() + ": " + new String(outcome.payload()));
            }
            return new Start(wall, process.processorTime().toNanos() / 1e6);
        }
    }

    /// The first invocation of a process that was started under SnapStart: up to the hooks before the snapshot, and
    /// from those after it. No snapshot is taken; what a restore costs is Lambda's, and not in here.
    private Start restored(Kind kind) throws IOException, InterruptedException {
        var event = kind.event().get();
        try (var process = process(kind, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"))) {
            if (!process.awaitStart(Duration.ofMinutes(1))) {
                throw new IllegalStateException("did not start: " + log(kind).events());
            }
            var processor = process.processorTime();
            var began = System.nanoTime();
            var outcome = process.run(weather.invocation(kind.function(), event));
            var wall = (System.nanoTime() - began) / 1e6;
            if (outcome.errorType() != null) {
                throw new IllegalStateException(kind.name() + ": " + new String(outcome.payload()));
            }
            return new Start(wall, process.processorTime().minus(processor).toNanos() / 1e6);
        }
    }

    private void train(Kind kind) throws IOException, InterruptedException {
        var process = process(kind);
        process.run(weather.invocation(kind.function(), kind.event().get()));
        process.end();
        for (var event : log(kind).events()) {
            if (event.message().contains("AOT")) {
                System.out.println(event.message());
            }
        }
    }

    private FunctionProcess process(Kind kind) throws IOException {
        return process(kind, Map.of());
    }

    private FunctionProcess process(Kind kind, Map<String, String> more) throws IOException {
        var configured = weather.environment(kind.function());
        var function = new LambdaFunction(
                "cold",
                weather.role(kind.function()),
                Map.of(),
                Duration.ofMinutes(2),
                MEGABYTES,
                new FunctionCode.Unpacked(kind.root(), kind.handler()));
        var environment = new HashMap<>(RuntimeEnvironment.of(configured, function, "1"));
        environment.putAll(endpoint);
        environment.putAll(kind.variables());
        environment.putAll(more);
        return FunctionProcess.start(
                new FunctionRuntime.OfJava(kind.runtime(), nativeClient),
                folder.resolve(UUID.randomUUID().toString()),
                function,
                "1",
                environment,
                log(kind),
                InstantSource.system(),
                (invocation, line) -> {});
    }

    private LogStream log(Kind kind) {
        return weather.log(kind.function(), kind.name());
    }

    /// The handlers to compare with alone: beside the deployed jar nothing else shall have to be searched for classes.
    private Path bareClasses() throws IOException {
        for (var type : List.of(BareHandler.class, EmptyHandler.class)) {
            var name = type.getName().replace('.', '/') + ".class";
            var file = folder.resolve("bare-classes").resolve(name);
            Files.createDirectories(file.getParent());
            try (var in = type.getResourceAsStream("/" + name)) {
                Files.copy(in, file);
            }
        }
        return folder.resolve("bare-classes");
    }

    private static List<Path> jars(Path root) throws IOException {
        try (Stream<Path> inside = Files.list(root.resolve("lib"))) {
            return inside.sorted().toList();
        }
    }

    private static String sizes(Path root) throws IOException {
        var text = new StringBuilder();
        for (var jar : jars(root)) {
            text.append(String.format(Locale.ROOT, "%s %.2f MB  ", jar.getFileName(), Files.size(jar) / 1e6));
        }
        return text.toString();
    }
}
